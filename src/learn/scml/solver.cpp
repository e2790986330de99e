/// SCML as a linear program over T triplets and K directions, its objective times T:
///   min  B sum w + sum xi   subject to  s = xi - 1 - C w >= 0,  xi >= 0,  w >= 0,      B = T beta,
///   max  sum alpha          subject to  z = B + C'alpha >= 0,  0 <= alpha <= 1.
/// Mehrotra's predictor-corrector method (SIAM J. Optim. 2, 1992) on the products alpha s, (1 - alpha) xi and z w. All
/// that belongs to a triplet is eliminated: a step costs one K x K matrix C'DC + diag(z / w), D diagonal. C is never
/// held: it is made of Y, a few hundred triplets at a time.
#include "learn/scml/solver.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <vector>

#include "core/checkpoint.hpp"
#include "learn/lowest.hpp"
#include "linalg/rounding.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/symmetric.hpp"

namespace maha::learn::scml {
namespace {

constexpr Index kTile = 4096;      // triplets of one partial sum,
constexpr Index kBlock = 128;      // of which so many have their rows of C in cache
constexpr double kFarther = 0.99;  // of the way to the boundary that a step takes, at most
constexpr double kFew = 1e-5;      // of the mean of D: triplets with less of it are left out of the matrix, though of
                                   // nothing else: it steers the search only, and most triplets soon have less

/// C and its products.
class Triples {
 public:
  Triples(const ScmlProblem& problem, const Threads& threads)
      : Y_(problem.Y), triplets_(problem.triplets), threads_(threads) {}

  Index rows() const { return std::ssize(triplets_); }
  Index cols() const { return Y_.cols(); }

  /// C w
  Vector times(const Vector& w) const {
    Vector result(rows());
    threads_.for_ranges(rows(), kTile, [&](Index begin, Index end) {
      for (Index t = begin; t < end; ++t) result[t] = row(t).matrix().dot(w);
    });
    return result;
  }

  /// sum_t a_t of (Y_i - Y_j)^2 and of (Y_i - Y_l)^2, whose difference is C'a.
  struct Parts {
    Vector near, far;
    Parts& operator+=(const Parts& other) {
      near += other.near;
      far += other.far;
      return *this;
    }
  };
  Parts parts(const Vector& a) const {
    Parts sum{Vector::Zero(cols()), Vector::Zero(cols())};
    threads_.sum_ranges(rows(), kTile, sum, [&](Index begin, Index end) {
      Parts part{Vector::Zero(cols()), Vector::Zero(cols())};
      for (Index t = begin; t < end; ++t) {
        const auto [i, j, l] = triplets_[static_cast<std::size_t>(t)];
        part.near += a[t] * (Y_.row(i) - Y_.row(j)).cwiseAbs2().transpose();
        part.far += a[t] * (Y_.row(i) - Y_.row(l)).cwiseAbs2().transpose();
      }
      return part;
    });
    return sum;
  }
  Vector transposed_times(const Vector& a) const {
    const Parts sum = parts(a);
    return sum.near - sum.far;
  }

  /// C'DC, without the triplets that have little of D.
  SquareMatrix gram(const Vector& D) const {
    const double few = kFew * D.mean();
    SquareMatrix sum = SquareMatrix::Zero(cols(), cols());
    threads_.sum_ranges(rows(), kTile, sum, [&](Index begin, Index end) {
      SquareMatrix part = SquareMatrix::Zero(cols(), cols());
      Matrix block(kBlock, cols());
      Index filled = 0;
      const auto flush = [&] {
        part.selfadjointView<Eigen::Lower>().rankUpdate(block.topRows(filled).transpose());
        filled = 0;
      };
      for (Index t = begin; t < end; ++t) {
        if (D[t] < few) continue;
        block.row(filled++) = (std::sqrt(D[t]) * row(t)).transpose();
        if (filled == kBlock) flush();
      }
      if (filled > 0) flush();
      return part;
    });
    linalg::mirror_lower(sum);
    return sum;
  }

 private:
  Eigen::ArrayXd row(Index t) const {
    const auto [i, j, l] = triplets_[static_cast<std::size_t>(t)];
    return ((Y_.row(i) - Y_.row(j)).array().square() - (Y_.row(i) - Y_.row(l)).array().square()).transpose();
  }

  const Matrix& Y_;
  const Triplets& triplets_;
  const Threads& threads_;
};

/// The largest step along d for which x stays positive.
double room(const Vector& x, const Vector& d) {
  double step = std::numeric_limits<double>::infinity();
  for (Index k = 0; k < x.size(); ++k) {
    if (d[k] < 0) step = std::min(step, -x[k] / d[k]);
  }
  return step;
}

struct Direction {
  Vector w, xi, s, alpha, z;

  double primal_room(const Direction& at) const { return std::min({room(at.w, w), room(at.xi, xi), room(at.s, s)}); }
  double dual_room(const Direction& at) const {
    return std::min({room(at.z, z), room(at.alpha, alpha), room(1 - at.alpha.array(), -alpha)});
  }
};

class InteriorPoint {
 public:
  InteriorPoint(const ScmlProblem& problem, double tolerance, const Run& run)
      : problem_(problem), C_(problem, run.threads), tolerance_(tolerance), run_(run) {
    B_ = problem.beta * static_cast<double>(C_.rows());
  }

  ScmlSolution solve(int max_iterations) {
    const Stage stage(run_.checkpoint, "interior point", [&](State& state) {
      state(at_.w, at_.xi, at_.s, at_.alpha, at_.z, best_.w, best_.objective, best_.bound, best_.active);
      state(best_.iterations);
    });
    if (!stage.restored()) start();
    for (;; ++best_.iterations) {
      stage.keep();
      if (!certify(max_iterations) || !step()) break;  // rounding allows no further step
    }
    if (best_.converged) drop_directions();
    return best_;
  }

 private:
  /// Equal weights under which triplets have a margin of 1 in the mean, and multipliers halfway.
  void start() {
    const Index T = C_.rows(), K = C_.cols();
    best_.w = Vector::Zero(K);
    best_.objective = 1;
    at_.alpha = Vector::Constant(T, 0.5);
    const Triples::Parts sums = C_.parts(at_.alpha);
    const double margin = 2 * (sums.far - sums.near).sum(), size = 2 * (sums.far + sums.near).sum();
    at_.w = Vector::Constant(K, static_cast<double>(T) / std::max(margin, 0.1 * size));
    const Vector hinge = C_.times(at_.w).array() + 1;
    at_.xi = hinge.cwiseMax(0).array() + 1;
    at_.s = at_.xi - hinge;
    const Vector g = B_ + (sums.near - sums.far).array();
    at_.z = g.cwiseMax(0.1 * g.cwiseAbs().maxCoeff());
  }

  /// The value of w and the bound of alpha. False if this was the last iteration.
  bool certify(int max_iterations) {
    const ScmlValue value = scml_value(problem_, at_.w, run_.threads);
    if (value.objective < best_.objective) {
      best_.objective = value.objective;
      best_.active = value.active;
      best_.w = at_.w;
    }
    best_.bound = std::max(best_.bound, scml_bound(problem_, at_.alpha, best_.objective, run_.threads));
    best_.converged = best_.gap() <= tolerance_;
    const bool goes_on = run_.tell({.iteration = best_.iterations, .objective = best_.objective, .gap = best_.gap()});
    return goes_on && !run_.stop() && !best_.converged && best_.iterations < max_iterations;
  }

  bool step() {
    const Vector eta = 1 - at_.alpha.array();
    const Vector D = (at_.s.cwiseQuotient(at_.alpha) + at_.xi.cwiseQuotient(eta)).cwiseInverse();
    SquareMatrix H = C_.gram(D);
    H.diagonal() += at_.z.cwiseQuotient(at_.w);
    const auto root = linalg::cholesky(H);
    if (!root) return false;
    const Vector lacking = B_ + C_.transposed_times(at_.alpha).array() - at_.z.array();
    const auto direction = [&](const Vector& r1, const Vector& r2, const Vector& r3) {
      Direction d;
      const Vector r = r1.cwiseQuotient(at_.alpha) - r2.cwiseQuotient(eta);
      const Vector half =
          linalg::solve_lower(root->L, r3.cwiseQuotient(at_.w) - lacking - C_.transposed_times(D.cwiseProduct(r)));
      d.w = root->L.transpose().triangularView<Eigen::Upper>().solve(half);
      const Vector Cw = C_.times(d.w);
      d.alpha = D.cwiseProduct(r + Cw);
      d.xi = (r2 + at_.xi.cwiseProduct(d.alpha)).cwiseQuotient(eta);
      d.s = d.xi - Cw;
      d.z = (r3 - at_.z.cwiseProduct(d.w)).cwiseQuotient(at_.w);
      return d;
    };
    // 1. The predictor aims at products of 0; how far it gets says how far the corrector shall aim.
    const Vector as = at_.alpha.cwiseProduct(at_.s), ex = eta.cwiseProduct(at_.xi), zw = at_.z.cwiseProduct(at_.w);
    const Direction aim = direction(-as, -ex, -zw);
    const double p = std::min(1.0, aim.primal_room(at_)), q = std::min(1.0, aim.dual_room(at_));
    const double now = as.sum() + ex.sum() + zw.sum();
    const double then = (at_.alpha + q * aim.alpha).dot(at_.s + p * aim.s) +
                        (eta - q * aim.alpha).dot(at_.xi + p * aim.xi) + (at_.z + q * aim.z).dot(at_.w + p * aim.w);
    const double mu = std::pow(then / now, 3) * now / static_cast<double>(2 * C_.rows() + C_.cols());

    // 2. The corrector, with the predictor's second-order terms.
    const Direction d = direction(mu - as.array() - aim.alpha.array() * aim.s.array(),
                                  mu - ex.array() + aim.alpha.array() * aim.xi.array(),
                                  mu - zw.array() - aim.z.array() * aim.w.array());
    const double primal = std::min(1.0, kFarther * d.primal_room(at_)),
                 dual = std::min(1.0, kFarther * d.dual_room(at_));
    if (!(primal > 0) && !(dual > 0)) return false;
    at_.w += primal * d.w;
    at_.xi += primal * d.xi;
    at_.s += primal * d.s;
    at_.alpha += dual * d.alpha;
    at_.z += dual * d.z;
    return at_.w.allFinite() && at_.alpha.allFinite();
  }

  /// The fewest of the largest weights whose gap is still within the tolerance, by bisection.
  void drop_directions() {
    std::vector<Index> order(static_cast<std::size_t>(C_.cols()));
    std::iota(order.begin(), order.end(), Index{0});
    const Vector all = best_.w;
    std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return all[a] > all[b]; });
    lowest_that_will_do(0, C_.cols(), [&](Index kept) {
      Vector w = all;
      for (Index k = kept; k < C_.cols(); ++k) w[order[static_cast<std::size_t>(k)]] = 0;
      const ScmlValue value = scml_value(problem_, w, run_.threads);
      if (!(value.objective - best_.bound <= tolerance_ * value.objective)) return false;
      best_.w = w;
      best_.objective = value.objective;
      best_.active = value.active;
      return true;
    });
  }

  const ScmlProblem& problem_;
  Triples C_;
  double tolerance_, B_ = 0;
  const Run& run_;
  Direction at_;
  ScmlSolution best_;
};

}  // namespace

ScmlValue scml_value(const ScmlProblem& problem, const Vector& w, const Threads& threads) {
  const Vector hinge = Triples(problem, threads).times(w).array() + 1;
  return {problem.beta * w.sum() + hinge.cwiseMax(0).mean(), (hinge.array() > 0).count()};
}

double scml_bound(const ScmlProblem& problem, const Vector& alpha, double F, const Threads& threads) {
  const Triples::Parts sums = Triples(problem, threads).parts(alpha);
  const double T = static_cast<double>(alpha.size());
  const double of_sums =
      static_cast<double>(std::min<Index>(alpha.size(), kTile) + alpha.size() / kTile + 16) * linalg::kUnitRoundoff;
  const double largest = (sums.far - sums.near + of_sums * (sums.far + sums.near)).maxCoeff() / T;
  const double over = std::max(1.0, largest / problem.beta);
  const double mean = alpha.sum() / T * (1 - (T + 16) * linalg::kUnitRoundoff);
  return std::max(mean / over, mean - F * (over - 1));
}

ScmlSolution solve_scml(const ScmlProblem& problem, double tolerance, int max_iterations, const Run& run) {
  return InteriorPoint(problem, tolerance, run).solve(max_iterations);
}

}  // namespace maha::learn::scml
