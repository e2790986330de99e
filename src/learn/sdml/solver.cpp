/// The graphical lasso by a proximal Newton method, as in QUIC (Hsieh, Sustik, Dhillon & Ravikumar, JMLR 15, 2014).
/// With W = M^-1 the step D minimises <S - W, D> + tr(WDWD)/2 + lambda |M + D| over the entries that are not 0, or
/// whose gradient says that they should not be. A few sweeps of coordinate descent settle which entries of M + D are 0,
/// and the signs of the others; with these kept, conjugate gradients go on to the minimum, preconditioned by
/// E -> M E M, which would be the inverse if no entry were 0 (as Oztoprak, Nocedal, Rennie & Olsen, NIPS 2012, combine
/// the two). Sweeps alone are slow where M is badly conditioned, whose square is the condition of tr(WDWD). A line
/// search keeps M positive definite. From a diagonal M, lambda falls from a large one to that of the problem.
#include "learn/sdml/solver.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/checkpoint.hpp"
#include "linalg/rounding.hpp"
#include "linalg/spectral/eigen.hpp"

namespace maha::learn::sdml {
namespace {

constexpr int kSweeps = 3;           // of coordinate descent in a step; every other step one more,
constexpr int kMostSweeps = 100;     // up to so many, as where M is badly conditioned
constexpr int kConjugateSteps = 60;  // at most; where few entries are 0, a few suffice
constexpr double kInexact = 1e-3;    // of the first residual, at which conjugate gradients stop
constexpr double kFall = 0.3;        // from one lambda of the path to the next, and
constexpr double kPathGap = 0.02;    // the gap for each feature at which to go on: near, but not worth more steps
constexpr double kLeastPath = 1e-6;  // of the largest |S_ij|: smaller lambdas of the path are skipped
constexpr double kDecrease = 1e-3;   // Armijo's condition, as in QUIC: nearly any descent
constexpr int kHalvings = 50;        // of a line search: below 2^-50 a step changes nothing

double logdet(const linalg::CholeskyFactor& factor) { return 2 * factor.L.diagonal().array().log().sum(); }

double off_diagonal(const SquareMatrix& M) { return M.cwiseAbs().sum() - M.diagonal().cwiseAbs().sum(); }

/// Towards 0 by t.
double shrunk(double x, double t) { return std::copysign(std::max(std::abs(x) - t, 0.0), x); }

SquareMatrix inverse_of(const linalg::CholeskyFactor& factor) {
  const SquareMatrix half = linalg::solve_lower(factor.L, SquareMatrix::Identity(factor.L.rows(), factor.L.cols()));
  return half.transpose() * half;
}

struct Entry {
  Index i, j;
};

/// The entries i <= j that a step may change.
std::vector<Entry> free_entries(const SquareMatrix& M, const SquareMatrix& gradient, double lambda) {
  std::vector<Entry> free;
  for (Index j = 0; j < M.cols(); ++j) {
    for (Index i = 0; i <= j; ++i) {
      if (i == j || M(i, j) != 0 || std::abs(gradient(i, j)) > lambda) free.push_back({i, j});
    }
  }
  return free;
}

class ProximalNewton {
 public:
  ProximalNewton(const SquareMatrix& S, double lambda, const Run& run)
      : S_(S), wanted_(lambda), lambda_(lambda), run_(run) {}

  SdmlSolution solve(double tolerance, int max_iterations) {
    SdmlSolution best;
    best.bound = -std::numeric_limits<double>::infinity();
    best.M = SquareMatrix::Identity(S_.rows(), S_.cols());
    best.unbounded = !(S_.diagonal().minCoeff() > 0);  // M_ii alone may grow
    if (best.unbounded) return best;
    const Stage stage(run_.checkpoint, "newton",
                      [&](State& state) { state(best.M, best.bound, best.iterations, lambda_, least_); });
    if (!stage.restored()) best.M = start();
    for (;;) {
      stage.keep();
      const auto factor = linalg::cholesky(best.M);
      if (!factor) break;
      const SquareMatrix W = inverse_of(*factor);
      best.objective = *sdml_objective(S_, wanted_, best.M);
      // at W, and at S itself, which is feasible where it is positive definite
      for (const SquareMatrix* at : {&W, &S_}) best.bound = std::max(best.bound, bound_at(*at, wanted_));
      best.converged = !run_.stop() && best.gap() <= tolerance;
      best.unbounded = !((S_.cwiseProduct(best.M)).sum() + wanted_ * off_diagonal(best.M) > 0);
      const bool goes_on = run_.tell({.iteration = best.iterations, .objective = best.objective, .gap = gap_of(best)});
      if (!goes_on || run_.stop() || best.converged || best.unbounded || best.iterations == max_iterations) break;
      while (lambda_ > wanted_ && near_path(best.M, W)) lower();
      ++best.iterations;
      if (descend(W, std::min(kSweeps + best.iterations / 2, kMostSweeps), best.M)) continue;
      if (lambda_ == wanted_) break;  // rounding allows no further descent
      lower();
    }
    return best;
  }

 private:
  /// The better of the optimum of a large lambda, from which the path leads on, and of lambda = 0 if there is one.
  SquareMatrix start() {
    const SquareMatrix bare = S_.diagonal().cwiseInverse().asDiagonal();
    if (const auto factor = linalg::cholesky(S_)) {
      const SquareMatrix full = inverse_of(*factor);
      const auto value = sdml_objective(S_, wanted_, full);
      if (value && *value < *sdml_objective(S_, wanted_, bare)) return full;
    }
    lambda_ = std::max(wanted_, (S_ - SquareMatrix(S_.diagonal().asDiagonal())).cwiseAbs().maxCoeff());
    least_ = kLeastPath * lambda_;
    return bare;
  }

  bool near_path(const SquareMatrix& M, const SquareMatrix& W) const {
    return *sdml_objective(S_, lambda_, M) - bound_at(W, lambda_) <= kPathGap * static_cast<double>(M.rows());
  }

  void lower() {
    lambda_ = std::max(kFall * lambda_, wanted_);
    if (lambda_ < least_) lambda_ = wanted_;
  }

  double bound_at(const SquareMatrix& W, double lambda) const {
    return sdml_bound(S_, lambda, W).value_or(-std::numeric_limits<double>::infinity());
  }

  static std::optional<double> gap_of(const SdmlSolution& best) {
    return std::isfinite(best.gap()) ? std::optional(best.gap()) : std::nullopt;
  }

  /// The step after some sweeps over the entries.
  SquareMatrix swept(const SquareMatrix& M, const SquareMatrix& W, int sweeps) const {
    const std::vector<Entry> free = free_entries(M, S_ - W, lambda_);
    SquareMatrix D = SquareMatrix::Zero(M.rows(), M.cols());
    Matrix U = Matrix::Zero(M.rows(), M.cols());  // D W, its rows contiguous
    for (int sweep = 0; sweep < sweeps && !run_.stop(); ++sweep) {
      for (const auto [i, j] : free) {
        const double slope = S_(i, j) - W(i, j) + W.col(i).dot(U.col(j));
        const bool diagonal = i == j;
        const double curvature = diagonal ? W(i, i) * W(i, i) : W(i, j) * W(i, j) + W(i, i) * W(j, j);
        const double now = M(i, j) + D(i, j), aim = now - slope / curvature;
        const double change = (diagonal ? aim : shrunk(aim, lambda_ / curvature)) - now;
        if (change == 0) continue;
        D(i, j) += change;
        U.row(i) += change * W.col(j).transpose();
        if (diagonal) continue;
        D(j, i) = D(i, j);
        U.row(j) += change * W.col(i).transpose();
      }
    }
    return D;
  }

  /// The step D, nearer to the minimum among those that give no entry of M + D another sign.
  SquareMatrix refined(const SquareMatrix& D, const SquareMatrix& M, const SquareMatrix& W) const {
    const auto model = [&](const SquareMatrix& step) {
      return (S_ - W + W * step * W / 2).cwiseProduct(step).sum() + lambda_ * off_diagonal(M + step);
    };
    SquareMatrix sign = (M + D).array().sign();
    const SquareMatrix kept = sign.cwiseAbs();
    SquareMatrix slope = lambda_ * sign;
    slope.diagonal().setZero();
    SquareMatrix E = D, R = -kept.cwiseProduct(S_ - W + W * D * W + slope);
    SquareMatrix Z = kept.cwiseProduct(M * R * M), P = Z;
    const double first = R.cwiseProduct(Z).sum();
    double now = first;
    for (int k = 0; k < kConjugateSteps && now > kInexact * kInexact * first && !run_.stop(); ++k) {
      const SquareMatrix HP = kept.cwiseProduct(W * P * W);
      const double length = now / P.cwiseProduct(HP).sum();
      if (!(length > 0) || !std::isfinite(length)) break;
      E += length * P;
      R -= length * HP;
      Z = kept.cwiseProduct(M * R * M);
      const double next = R.cwiseProduct(Z).sum();
      P = Z + next / now * P;
      now = next;
    }
    E = (E + E.transpose()).eval() / 2;
    for (Index j = 0; j < E.cols(); ++j) {
      for (Index i = 0; i < E.rows(); ++i) {
        if (i != j && !((M(i, j) + E(i, j)) * sign(i, j) > 0)) E(i, j) = -M(i, j);  // M + E is exactly 0 there
      }
    }
    return model(E) < model(D) ? E : D;
  }

  /// Moves M along the step as far as the objective falls well. False if it does not fall at all.
  bool descend(const SquareMatrix& W, int sweeps, SquareMatrix& M) const {
    const SquareMatrix D = refined(swept(M, W, sweeps), M, W);
    const double promised = (S_ - W).cwiseProduct(D).sum() + lambda_ * (off_diagonal(M + D) - off_diagonal(M));
    if (!(promised < 0)) return false;
    const double now = *sdml_objective(S_, lambda_, M);
    double length = 1;
    for (int k = 0; k < kHalvings; ++k, length /= 2) {
      SquareMatrix next = M + length * D;
      const auto value = sdml_objective(S_, lambda_, next);
      if (!value || !(*value <= now + kDecrease * length * promised)) continue;
      M = std::move(next);
      return true;
    }
    return false;
  }

  const SquareMatrix& S_;
  double wanted_, lambda_, least_ = 0;  // that of the problem, and of the path
  const Run& run_;
};

}  // namespace

std::optional<double> sdml_objective(const SquareMatrix& S, double lambda, const SquareMatrix& M) {
  const auto factor = linalg::cholesky(M);
  if (!factor) return std::nullopt;
  return S.cwiseProduct(M).sum() - logdet(*factor) + lambda * off_diagonal(M);
}

std::optional<double> sdml_bound(const SquareMatrix& S, double lambda, const SquareMatrix& W) {
  SquareMatrix V = S + (W - S).cwiseMax(-lambda).cwiseMin(lambda);
  V.diagonal() = S.diagonal();
  const auto factor = linalg::cholesky(V);
  if (!factor || !(factor->rcond > 0)) return std::nullopt;
  // The factor is that of V + E, |E| <= (d + 16) u |V|, which changes the logarithm by at most d |V^-1| |E|.
  const auto d = static_cast<double>(S.rows());
  return logdet(*factor) + d - d * linalg::product_rounding(S.rows()) / factor->rcond;
}

SdmlSolution solve_sdml(const SquareMatrix& S, double lambda, double tolerance, int max_iterations, const Run& run) {
  return ProximalNewton(S, lambda, run).solve(tolerance, max_iterations);
}

}  // namespace maha::learn::sdml
