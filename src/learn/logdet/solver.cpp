/// Newton's method along a path of growing gamma. F is convex and once differentiable. At N = L L', with
/// N(E) = L (I + E) L', w = L'v and p = |w|^2, over the pairs that the loss is not flat in:
///   gradient  g = L'L - I + sum c ww',  c = gamma dloss/dp,
///   Hessian   E -> E + sum (gamma loss''(p) (w'Ew))_pair ww'.
/// The Hessian is the identity plus a scatter, so conjugate gradients need few steps. At full gamma from the start, N
/// would soon be nearly singular along a wrong direction and creep from there. So gamma starts where the pairs weigh no
/// more than the prior, and grows to its final value as fast as Newton's method can follow.
///
/// The multipliers |c| are feasible for the dual wherever I + g is positive definite, at no further cost:
///   D = logdet(I + g) - logdet N + min over p of (gamma loss(p) - c'p).
/// This also holds for the problem's gamma if c comes from a smaller one. The possible effect of rounding is
/// subtracted. Where the pairs weigh little, all terms are small; they are summed without adding 1 to any of them.
#include "learn/logdet/solver.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/checkpoint.hpp"
#include "learn/logdet/beyond_log.hpp"
#include "linalg/rounding.hpp"
#include "linalg/spectral/eigen.hpp"
#include "prepare/pairs/pair_scatter.hpp"

namespace maha::learn::logdet {
namespace {

// The path: none of these changes the optimum, only the time to it. On wine, wdbc and digits, standardised, values
// tried within the range in brackets took about the same CPU time to a gap of 1e-6, one constant changed at a time.
constexpr double kGammaGrowth = 4;    // [3, 4] factor from one point of the path to the next: few Newton steps at each
constexpr double kPathGap = 0.1;      // [0.02, 0.2] relative gap at which to go on: near, but not worth more steps
constexpr double kPriorShare = 0.01;  // of the prior mixed into a given start, which may be singular
constexpr int kTrial = 12;  // iterations that a start gets to come within kPathGap; after that the path is taken

// A Newton step.
constexpr int kConjugateSteps = 200;  // a limit for badly conditioned Hessians; usually a few dozen suffice
constexpr double kInexact = 0.1;      // [0.1, 0.3] residual of the step, relative to |g|; near the optimum |g|, which
                                      // keeps the convergence quadratic (Dembo, Eisenstat & Steihaug 1982)
constexpr int kHalvings = 60;         // of one line search: below 2^-53 a step no longer changes N
constexpr double kSufficientDecrease = 1e-4;  // Armijo's condition (Nocedal & Wright, section 3.1): nearly any descent

// Rounding.
constexpr double kLight = 0.1;          // if the pairs change I by less, in total, the dual is computed from Z itself
constexpr double kFirstGamma = 1e-300;  // the smallest first gamma, so that the path has an end

// log det (I + C) from pivots minus 1, so that a small C loses no digits; nothing if I + C is not positive definite.
std::optional<double> log_det_of_identity_plus(SquareMatrix C) {
  double sum = 0;
  for (Index k = 0; k < C.rows(); ++k) {
    const double pivot = C(k, k);
    if (!(pivot > -1)) return std::nullopt;
    sum += std::log1p(pivot);
    const Index rest = C.rows() - k - 1;
    const Vector column = C.col(k).tail(rest);
    C.bottomRightCorner(rest, rest).selfadjointView<Eigen::Lower>().rankUpdate(column, -1 / (1 + pivot));
  }
  return sum;
}

double logdet_of_factor(const SquareMatrix& L) { return 2 * L.diagonal().array().log().sum(); }

SquareMatrix identity_plus(const SquareMatrix& E) { return SquareMatrix::Identity(E.rows(), E.cols()) + E; }

// N = L L' and what depends on it but not on gamma.
struct Point {
  SquareMatrix L;
  Matrix Y;                      // Z L: the rows in which N is the identity
  Vector p, active;              // v'Nv of each pair, and 1 if it has a part in the loss, otherwise 0
  double logdet = 0, prior = 0;  // logdet N; tr N - logdet N - r
  double loss = 0;               // of p

  double objective(double gamma) const { return prior + gamma * loss; }
};

class Newton {
 public:
  Newton(const LogDetProblem& problem, const Run& run)
      : problem_(problem), run_(run), squared_(prepare::squared_lengths(problem.Z, problem.pairs, run.threads)) {
    off_ = linalg::product_rounding(problem.Z.cols()) * problem.Z.cwiseAbs();
    if (problem.off.size() > 0) off_ += problem.off;
  }

  LogDetSolution solve(const SquareMatrix& start, double tolerance, int max_iterations) {
    // 1. Start from the given N at full gamma if it is better than the prior, otherwise from the prior on the path.
    LogDetSolution best;
    const Point prior = point(SquareMatrix::Identity(problem_.Z.cols(), problem_.Z.cols()));
    const double first_gamma = std::min(problem_.gamma, std::max(kFirstGamma, 1 / prior.loss));
    Point at = start.size() > 0 ? point(mixed_factor(start)) : prior;
    bool given = at.objective(problem_.gamma) < prior.objective(problem_.gamma);
    if (!given) at = prior;
    double gamma = given ? problem_.gamma : first_gamma;
    bool stepped = true;
    const Stage stage(run_.checkpoint, "newton", [&](State& state) {
      state(at.L, gamma, given, stepped, best.bound, best.multipliers, best.iterations);
    });
    if (stage.restored()) at = point(SquareMatrix(at.L));
    for (;;) {
      stage.keep();
      // 2. Certify: the dual bound of the multipliers.
      const Vector c = multipliers(at, gamma);
      const SquareMatrix g = gradient(at, c);
      if (const double bound = dual(at, c, g, problem_.gamma); bound > best.bound || best.multipliers.size() == 0) {
        best.bound = bound;
        best.multipliers = c;
      }
      best.objective = at.objective(problem_.gamma);
      best.bound = std::min(best.bound, best.objective);
      best.converged = best.gap() <= tolerance;
      if ((stepped && !tell(best)) || run_.stop() || best.converged || best.iterations == max_iterations) break;
      if (given && best.iterations >= kTrial && best.gap() > kPathGap) {
        given = stepped = false;
        at = prior;
        gamma = first_gamma;
        continue;
      }

      // 3. A Newton step at this gamma, or the next gamma of the path.
      const bool underway = gamma < problem_.gamma;
      const bool near_path = at.objective(gamma) - dual(at, c, g, gamma) <= kPathGap * at.objective(gamma);
      stepped = !(underway && near_path) && descend(newton_step(at, gamma, g), g, gamma, at);
      if (stepped) {
        ++best.iterations;
      } else if (underway) {
        gamma = std::min(problem_.gamma, kGammaGrowth * gamma);
      } else {
        break;  // rounding allows no further descent
      }
    }
    best.L = at.L;
    best.p = at.p;
    return best;
  }

 private:
  bool tell(const LogDetSolution& s) const {
    return run_.tell({.iteration = s.iterations, .objective = s.objective, .gap = s.gap()});
  }

  static SquareMatrix mixed_factor(const SquareMatrix& N) {
    const SquareMatrix I = SquareMatrix::Identity(N.rows(), N.cols());
    return linalg::cholesky((1 - kPriorShare) * N + kPriorShare * I)->L;
  }

  Point point(const SquareMatrix& L) const {
    Point at{L, problem_.Z * L, {}, {}};
    at.logdet = logdet_of_factor(L);
    at.prior = L.squaredNorm() - L.diagonal().squaredNorm();
    for (const double l : L.diagonal()) {  // l^2 - log l^2 - 1, to all digits for l near 1 and near 0
      at.prior += std::abs(l - 1) < 0.5 ? beyond_log((l - 1) * (l + 1)) : l * l - 1 - 2 * std::log(l);
    }
    at.prior = std::max(at.prior, 0.0);  // it is not negative, except by rounding
    at.p = prepare::squared_lengths(at.Y, problem_.pairs, run_.threads);
    at.loss = problem_.loss.value(at.p, at.active);
    return at;
  }

  Vector multipliers(const Point& at, double gamma) const { return problem_.loss.gradient(gamma, at.p, at.active); }

  SquareMatrix gradient(const Point& at, const Vector& c) const {
    SquareMatrix g = at.L.transpose() * at.L + prepare::pair_scatter(at.Y, problem_.pairs, c, run_.threads);
    g.diagonal().array() -= 1;
    return g;
  }

  // The dual objective at the multipliers |c|, minus what rounding may have added. If they are not feasible, 0, which
  // the multipliers 0 prove.
  double dual(const Point& at, const Vector& c, const SquareMatrix& g, double gamma) const {
    const PairLoss::DualTerm term = problem_.loss.dual_term(gamma, c);
    const double of_sums = prepare::pair_scatter_rounding(problem_.pairs, at.L.rows());
    const double moved = c.cwiseAbs().dot(squared_);
    double value = term.value, lost = 4 * of_sums * term.size;
    if (moved < kLight) {
      const auto log_det = log_det_of_identity_plus(prepare::pair_scatter(problem_.Z, problem_.pairs, c, run_.threads));
      if (!log_det) return 0;
      const Vector error = pair_errors(SquareMatrix::Identity(at.L.rows(), at.L.rows()), squared_);
      value += *log_det;
      lost += (4 * of_sums * moved + c.cwiseAbs().dot(error)) / (1 - kLight);
    } else {
      const std::optional<linalg::CholeskyFactor> factor = linalg::cholesky(identity_plus(g));
      if (!factor) return 0;
      value += logdet_of_factor(factor->L) - at.logdet;
      const SquareMatrix inverse = linalg::solve_lower(factor->L, SquareMatrix::Identity(g.rows(), g.cols()));
      const double size = static_cast<double>(g.rows()) + at.L.squaredNorm() + c.cwiseAbs().dot(at.p);
      // |log det(K + D) - log det K| is at most |K^-1|, the Frobenius norm too, times the sum of the |eigenvalues| of D
      lost +=
          (4 * of_sums * size * std::sqrt(static_cast<double>(g.rows())) + c.cwiseAbs().dot(pair_errors(at.L, at.p))) *
          (inverse.transpose() * inverse).norm();
      lost += 4 * linalg::kUnitRoundoff * at.L.diagonal().array().log().abs().sum();
    }
    return std::max(0.0, value - lost);
  }

  // For each pair, with w = L'v and |w|^2 = p: how far off ww' may be, as the sum of |eigenvalues| of the error.
  Vector pair_errors(const SquareMatrix& L, const Vector& p) const {
    const Vector off = off_ * L.rowwise().norm();
    Vector errors(p.size());
    for (Index k = 0; k < p.size(); ++k) {
      const Pair& pair = problem_.pairs[static_cast<std::size_t>(k)];
      const double length = std::sqrt(p[k]), e = off[pair.i] + off[pair.j] + 4 * linalg::kUnitRoundoff * length;
      errors[k] = (2 * length + e) * e;
    }
    return errors;
  }

  SquareMatrix hessian_times(const Point& at, double gamma, const SquareMatrix& E) const {
    const Matrix YE = at.Y * E;
    Vector change = Vector::Zero(at.p.size());
    for (Index k = 0; k < at.p.size(); ++k) {
      if (at.active[k] == 0) continue;
      const auto [i, j, similar] = problem_.pairs[static_cast<std::size_t>(k)];
      change[k] = (at.Y.row(i) - at.Y.row(j)).dot(YE.row(i) - YE.row(j));
    }
    const Vector weights = problem_.loss.hessian_times(gamma, at.p, at.active, change);
    return E + prepare::pair_scatter(at.Y, problem_.pairs, weights, run_.threads);
  }

  // E with H E = -g by conjugate gradients, as accurately as the size of g calls for.
  SquareMatrix newton_step(const Point& at, double gamma, const SquareMatrix& g) const {
    const double enough = std::min(kInexact, g.norm()) * g.norm();
    SquareMatrix E = SquareMatrix::Zero(g.rows(), g.cols()), residual = -g, direction = residual;
    double squared = residual.squaredNorm();
    for (int k = 0; k < kConjugateSteps && std::sqrt(squared) > enough && !run_.stop(); ++k) {
      const SquareMatrix H = hessian_times(at, gamma, direction);
      const double length = squared / direction.cwiseProduct(H).sum();
      E += length * direction;
      residual -= length * H;
      const double before = squared;
      squared = residual.squaredNorm();
      direction = residual + squared / before * direction;
    }
    return E;
  }

  // Moves along E, halving the step until F falls enough; false if it never does, or if the caller asks to stop.
  bool descend(const SquareMatrix& E, const SquareMatrix& g, double gamma, Point& at) const {
    const double slope = g.cwiseProduct(E).sum(), before = at.objective(gamma);
    double step = 1;
    for (int k = 0; k < kHalvings && !run_.stop(); ++k, step /= 2) {
      const std::optional<linalg::CholeskyFactor> factor = linalg::cholesky(identity_plus(step * E));
      if (!factor) continue;
      Point next = point(at.L * factor->L);
      const double after = next.objective(gamma);
      if (after < before && after <= before + kSufficientDecrease * step * slope) {
        at = std::move(next);
        return true;
      }
    }
    return false;
  }

  const LogDetProblem& problem_;
  const Run& run_;
  Vector squared_;  // |v|^2 of each pair
  Matrix off_;      // for each coordinate of Z, how far off it and its share of a product may be
};

}  // namespace

LogDetSolution solve_logdet(const LogDetProblem& problem, const SquareMatrix& start, double tolerance,
                            int max_iterations, const Run& run) {
  return Newton(problem, run).solve(start, tolerance, max_iterations);
}

}  // namespace maha::learn::logdet
