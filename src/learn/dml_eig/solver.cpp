/// DML-eig after whitening, as a semidefinite program and its dual:
///   min tr N  subject to  b'Nb >= 1 for every pair, N PSD;      max sum u  subject to  sum u bb' <= I,  u >= 0.
/// Their value is the inverse of max { min b'Nb : tr N = 1 }, so that any N and any u, each scaled, give the two sides
/// of the gap. Newton's method maximises the dual with a barrier,
///   sum u / mu + logdet S + sum log u,  S = I - sum u bb',
/// in du / u, where its Hessian is -I - (u_s u_t (b_s' S^-1 b_t)^2). Near the central path the same step gives a primal
/// point too, N = mu (S^-1 + S^-1 (sum du bb') S^-1), as in Benson, Ye & Zhang, SIAM J. Optim. 10, 2000. Few pairs are
/// ever near the least distance. The problem starts with the shortest ones, and those that some N brings below the
/// least of these join it; all others have u = 0.
#include "learn/dml_eig/solver.hpp"

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
#include "linalg/spectral/spectrum.hpp"
#include "prepare/pairs/pair_scatter.hpp"

namespace maha::learn::dml_eig {
namespace {

// None of these changes the optimum, only the time to it. With 2000 to 300,000 pairs of wdbc and digits, the values in
// brackets took the more time that is given, one constant changed at a time.
constexpr Index kFirstPairs = 4;     // [12: 4 times] times r, the pairs at the start: they make every step larger
constexpr double kFall = 8;          // [4, 20: 1.2 times] by which mu aims below the gap
constexpr double kNear = 1;          // decrement of a step below which its N is positive semidefinite
constexpr double kMostOfWay = 0.9;   // to the boundary: beyond, the next step is short
constexpr int kBisections = 30;      // of a line search: cheap, as all its logarithms are of numbers at hand
constexpr double kNewShare = 0.5;    // of what keeps S positive definite, for the multipliers of pairs that join
constexpr double kViolated = 0.125;  // of the tolerance: how far below the least watched pair another may stay

SquareMatrix differences(const Matrix& Z, const Pairs& pairs, const std::vector<Index>& which) {
  SquareMatrix B(Z.cols(), std::ssize(which));
  for (std::size_t k = 0; k < which.size(); ++k) {
    const Pair& pair = pairs[static_cast<std::size_t>(which[k])];
    B.col(static_cast<Index>(k)) = (Z.row(pair.i) - Z.row(pair.j)).transpose();
  }
  return B;
}

/// The `count` pairs of least length among some, by length and then by place.
std::vector<Index> shortest(std::vector<Index> among, const Vector& length, Index count) {
  const auto less = [&](Index a, Index b) { return length[a] != length[b] ? length[a] < length[b] : a < b; };
  const auto kept = std::min(among.size(), static_cast<std::size_t>(count));
  std::partial_sort(among.begin(), among.begin() + static_cast<std::ptrdiff_t>(kept), among.end(), less);
  among.resize(kept);
  return among;
}

/// A Newton step for the barrier.
struct Step {
  Vector relative;       // m: du / u
  SquareMatrix K;        // r x r: S = K K'
  linalg::Eigenpairs T;  // of K^-1 (sum du bb') K^-T
  double decrement = 0;  // Newton's
};

class Solver {
 public:
  Solver(const Matrix& Z, const Pairs& pairs, double tolerance, const Run& run, const mmc::MmcMargins& margins)
      : pairs_(pairs), tolerance_(tolerance), run_(run), margins_(margins), watching_(pairs.size(), false) {
    squared_ = prepare::squared_lengths(Z, pairs, run.threads);
    unit_ = std::sqrt(squared_.minCoeff());  // the shortest difference has length 1: the value lies in [1/r, 1]
    Z_ = Z / unit_;
    squared_ /= unit_ * unit_;
  }

  DmlEigSolution solve(int max_iterations) {
    std::vector<Index> watched;
    const Stage stage(run_.checkpoint, "barrier", [&](State& state) {
      watched = watched_;
      state(watched, u_, mu_, value_, computed_bound_);
      state(solution_.L, solution_.objective, solution_.bound, solution_.multipliers, solution_.iterations);
    });
    if (stage.restored()) {
      watch(watched);
    } else {
      start();
    }
    for (;;) {
      stage.keep();
      if (!goes_on(max_iterations)) break;
      const std::optional<Step> step = newton_step();
      if (!step) break;  // rounding allows no further one
      ++solution_.iterations;
      std::vector<Index> joining;
      if (step->decrement < kNear) joining = measure(primal_factor(*step));
      u_.array() *= 1 + search(*step) * step->relative.array();
      if (step->decrement < kNear) {
        prove();
        aim();
      }
      if (!joining.empty()) join(joining);
    }
    if (solution_.converged) lower_rank();
    solution_.watched = u_.size();
    return solution_;
  }

 private:
  /// N = I / r, and the shortest pairs with equal multipliers, half of what S allows.
  void start() {
    const Index r = Z_.cols();
    measure(SquareMatrix::Identity(r, r));
    std::vector<Index> all(pairs_.size());
    std::iota(all.begin(), all.end(), Index{0});
    watch(shortest(std::move(all), squared_, kFirstPairs * (r + 1)));
    u_ = Vector::Constant(B_.cols(), kNewShare / B_.squaredNorm());
    prove();
    mu_ = std::numeric_limits<double>::infinity();
    aim();
  }

  /// mu (r + m) is the gap on the central path: aims below the present one.
  void aim() {
    const double gap = 1 / value_ - u_.sum();
    mu_ = std::min(mu_, gap / (kFall * static_cast<double>(Z_.cols() + u_.size())));
  }

  bool goes_on(int max_iterations) {
    solution_.converged = solution_.gap() <= tolerance_;
    const bool rounding_rules = (computed_bound_ - value_) / computed_bound_ <= tolerance_ / 2;
    const Progress state{.iteration = solution_.iterations, .objective = solution_.objective, .gap = solution_.gap()};
    return run_.tell(state) && !run_.stop() && !solution_.converged && !rounding_rules &&
           solution_.iterations < max_iterations;
  }

  /// S = K K', or nothing where rounding has made it indefinite.
  std::optional<linalg::CholeskyFactor> slack() const {
    const SquareMatrix root = B_ * u_.cwiseSqrt().asDiagonal();
    return linalg::cholesky(SquareMatrix::Identity(Z_.cols(), Z_.cols()) - root * root.transpose());
  }

  std::optional<Step> newton_step() const {
    const auto S = slack();
    if (!S) return std::nullopt;
    const SquareMatrix Y = linalg::solve_lower(S->L, B_);
    SquareMatrix H = Y.transpose() * Y;
    const Vector slope = u_ / mu_ - u_.cwiseProduct(H.diagonal()) + Vector::Ones(u_.size());
    H = (u_ * u_.transpose()).cwiseProduct(H.cwiseAbs2());
    H.diagonal().array() += 1;
    const auto root = linalg::cholesky(H);
    if (!root) return std::nullopt;
    Step step;
    const Vector half = linalg::solve_lower(root->L, slope);
    step.relative = root->L.transpose().triangularView<Eigen::Upper>().solve(half);
    step.decrement = half.norm();
    step.K = S->L;
    step.T = linalg::eigenpairs(Y * u_.cwiseProduct(step.relative).asDiagonal() * Y.transpose());
    return step;
  }

  /// F with F F' = mu (S^-1 + S^-1 (sum du bb') S^-1).
  SquareMatrix primal_factor(const Step& step) const {
    const Vector roots = (mu_ * (1 + step.T.values.array())).cwiseMax(0).sqrt();
    return step.K.transpose().triangularView<Eigen::Upper>().solve(step.T.vectors * roots.asDiagonal());
  }

  /// The length of a step: where the barrier is highest along it, but within kMostOfWay of the boundary.
  double search(const Step& step) const {
    const double towards_gain = u_.dot(step.relative) / mu_;
    const auto slope = [&](double a) {
      return towards_gain - (step.T.values.array() / (1 - a * step.T.values.array())).sum() +
             (step.relative.array() / (1 + a * step.relative.array())).sum();
    };
    const double fastest = std::max(step.T.values.maxCoeff(), -step.relative.minCoeff());
    double low = 0, high = fastest > kMostOfWay ? kMostOfWay / fastest : 1;
    if (slope(high) >= 0) return high;
    for (int k = 0; k < kBisections; ++k) {
      const double middle = (low + high) / 2;
      (slope(middle) >= 0 ? low : high) = middle;
    }
    return low;
  }

  /// Takes N = F F' / tr(F F') if it is the best so far. Returns the pairs that are to join.
  std::vector<Index> measure(const SquareMatrix& F) {
    const Vector length = prepare::squared_lengths(Z_ * F, pairs_, run_.threads);
    const double value = length.minCoeff() / F.squaredNorm();
    if (value > value_) {
      value_ = value;
      solution_.objective = value * unit_ * unit_;
      solution_.L = F / F.norm();
    }
    std::vector<Index> violated;
    if (watched_.empty()) return violated;
    const double least = length(watched_).minCoeff();
    for (Index p = 0; p < length.size(); ++p) {
      if (!watching_[static_cast<std::size_t>(p)] && length[p] < (1 - kViolated * tolerance_) * least)
        violated.push_back(p);
    }
    return shortest(std::move(violated), length, std::max<Index>(Z_.cols(), u_.size() / 2));
  }

  void prove() {
    Pairs watched;
    for (const Index p : watched_) watched.push_back(pairs_[static_cast<std::size_t>(p)]);
    if (const double bound = dml_eig_bound(Z_, watched, u_, run_.threads); bound < computed_bound_) {
      computed_bound_ = bound;
      solution_.multipliers = Vector::Zero(std::ssize(pairs_));
      solution_.multipliers(watched_) = u_;
    }
    const double root = std::sqrt(computed_bound_) * unit_ + margins_.largest;  // |L'b| changes by no more than b does
    solution_.bound = std::numeric_limits<double>::infinity();
    if (margins_.excess < 1) solution_.bound = root * root / (1 - margins_.excess);
  }

  void watch(const std::vector<Index>& pairs) {
    const Index before = B_.cols();
    for (const Index p : pairs) watching_[static_cast<std::size_t>(p)] = true;
    watched_.insert(watched_.end(), pairs.begin(), pairs.end());
    B_.conservativeResize(Z_.cols(), before + std::ssize(pairs));
    B_.rightCols(std::ssize(pairs)) = differences(Z_, pairs_, pairs);
  }

  /// New pairs start with u = mu, that of a pair at twice the least distance, or less where S would not allow that.
  void join(const std::vector<Index>& pairs) {
    const auto S = slack();
    watch(pairs);
    if (!S) return;
    const auto added = std::ssize(pairs);
    const double taken = linalg::solve_lower(S->L, B_.rightCols(added)).squaredNorm();
    u_.conservativeResize(u_.size() + added);
    u_.tail(added).setConstant(std::min(mu_, kNewShare / taken));
  }

  /// The lowest rank whose gap is still within the tolerance, by bisection.
  void lower_rank() {
    const linalg::Eigenpairs N = linalg::eigenpairs(solution_.L * solution_.L.transpose());
    const SquareMatrix F = (N.vectors * N.values.cwiseMax(0).cwiseSqrt().asDiagonal()).rowwise().reverse();
    lowest_that_will_do(1, F.cols(), [&](Index rank) {
      const SquareMatrix L = F.leftCols(rank) / F.leftCols(rank).norm();
      const double value = prepare::squared_lengths(Z_ * L, pairs_, run_.threads).minCoeff() * unit_ * unit_;
      if (!(value >= (1 - tolerance_) * solution_.bound)) return false;
      solution_.L = L;
      solution_.objective = value;
      return true;
    });
  }

  const Pairs& pairs_;
  double tolerance_;
  const Run& run_;
  mmc::MmcMargins margins_;
  Matrix Z_;        // over unit_
  Vector squared_;  // |b|^2 of each pair, over unit_^2
  double unit_ = 1;
  std::vector<bool> watching_;
  std::vector<Index> watched_;  // m pairs,
  SquareMatrix B_;              // r x m: their differences
  Vector u_;                    // and multipliers
  double mu_ = 0, value_ = 0, computed_bound_ = std::numeric_limits<double>::infinity();
  DmlEigSolution solution_;
};

}  // namespace

double dml_eig_bound(const Matrix& Z, const Pairs& pairs, const Vector& u, const Threads& threads) {
  const SquareMatrix H = prepare::pair_scatter(Z, pairs, u, threads);
  const double of_scatter = prepare::pair_scatter_rounding(pairs, Z.cols());
  const double of_sum = 2 * static_cast<double>(u.size() + 8) * linalg::kUnitRoundoff;
  return (linalg::largest_eigenvalue_bound(H) + of_scatter * H.trace()) / u.sum() * (1 + of_sum);
}

DmlEigSolution solve_dml_eig(const Matrix& Z, const Pairs& pairs, double tolerance, int max_iterations, const Run& run,
                             const mmc::MmcMargins& margins) {
  return Solver(Z, pairs, tolerance, run, margins).solve(max_iterations);
}

}  // namespace maha::learn::dml_eig
