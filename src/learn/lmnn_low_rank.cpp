#include "learn/lmnn_low_rank.hpp"

#include <algorithm>
#include <limits>

#include "linalg/lbfgs.hpp"
#include "metric/metric.hpp"

namespace maha::lmnn {
namespace {

constexpr double kFirstSmoothing = 0.25;
constexpr double kLessSmoothing = 4;
constexpr int kRoundIterations = 40;

class LowRankSolver {
 public:
  LowRankSolver(const Problem& problem, const Cone& cone, const SolverOptions& options, const Run& run)
      : problem_(problem), cone_(cone), options_(options), run_(run) {
    best_.objective = std::numeric_limits<double>::infinity();
  }

  Solution solve(Matrix B) {
    double last = std::numeric_limits<double>::infinity();
    bool go_on = true;
    for (;;) {
      const double bias = renew(B);
      go_on = go_on && run_.tell(state());
      const bool settled =
          bias <= options_.tolerance * best_.objective && best_.objective >= last * (1 - 0.1 * options_.tolerance);
      best_.converged =
          best_.gap() <= options_.tolerance || (last < std::numeric_limits<double>::infinity() && settled);
      if (!go_on || best_.converged || best_.iterations >= options_.max_iterations) return std::move(best_);
      last = best_.objective;
      if (bias > 0.5 * options_.tolerance * best_.objective) smoothing_ /= kLessSmoothing;
      go_on = descend(B);
    }
  }

 private:
  /// A pass over all triplets at B: the objective there, a new working set, and the bound that its multipliers prove.
  /// Returns the bias of the smoothing.
  double renew(const Matrix& B) {
    const Point point = cone_.project(B.transpose() * B, B.rows());
    const double sigma = best_.passes == 0
                             ? problem_.first_sigma(point, run_.threads)
                             : problem_.next_sigma(pairs_, squared_distances(pairs_, point.P, run_.threads), sigma_);
    FullPass pass = problem_.full_pass(point, sigma_ = sigma, run_.threads);
    pairs_ = std::move(pass.pairs);
    ++best_.passes;
    const double objective = B.squaredNorm() + pass.hinges;
    if (objective < best_.objective) {
      best_.objective = objective;
      best_.active = pass.active;
      best_.point = point.without_rows();
    }
    const PairValues squared = squared_distances(pairs_, point.P, run_.threads);
    const Dual dual = dual_from(cone_, pairs_, active_triplets(pairs_, squared, problem_.mu(), smoothing_));
    if (dual.bound(best_.objective) > best_.bound) {
      best_.bound = dual.bound(best_.objective);
      best_.dual = by_rows(pairs_, dual.triplets);
    }
    return hinges(pairs_, squared, problem_.mu(), smoothing_, nullptr, run_.threads).bias;
  }

  /// Some iterations over the working set; false if the caller asked to stop.
  bool descend(Matrix& B) {
    bool go_on = true;
    const auto told = [&](int, double, const Vector&) {
      ++best_.iterations;
      return go_on = run_.tell(state());
    };
    LbfgsOptions options;
    options.max_iterations = std::min(kRoundIterations, options_.max_iterations - best_.iterations);
    options.tolerance = 1e-9;
    const Index rows = B.rows(), columns = B.cols();
    const auto f = [&](const Vector& x, Vector& g) {
      return value(Eigen::Map<const Matrix>(x.data(), rows, columns), g);
    };
    const Vector x = minimize_lbfgs(f, Eigen::Map<const Vector>(B.data(), B.size()), options, told);
    B = Eigen::Map<const Matrix>(x.data(), rows, columns);
    return go_on;
  }

  /// |B|^2 + smoothed hinges, with the gradient 2 B (I - H).
  double value(const Matrix& B, Vector& gradient) const {
    const Matrix P = Metric::from_factor(B).transform(cone_.rows(), run_.threads);
    PairValues weights;
    const Hinges sum =
        hinges(pairs_, squared_distances(pairs_, P, run_.threads), problem_.mu(), smoothing_, &weights, run_.threads);
    Eigen::Map<Matrix>(gradient.data(), B.rows(), B.cols()) = 2 * (B + B * cone_.scatter(pairs_, weights));
    return B.squaredNorm() + sum.value;
  }

  Report state() const {
    Report report;
    report.set("iteration", best_.iterations);
    report.set("objective", best_.objective);
    report.set("bound", best_.bound);
    report.set("gap", best_.gap());
    report.set("active", best_.active);
    return report;
  }

  const Problem& problem_;
  const Cone& cone_;
  const SolverOptions& options_;
  const Run& run_;
  Pairs pairs_;
  double smoothing_ = kFirstSmoothing, sigma_ = 0;
  Solution best_;
};

}  // namespace

Solution solve_low_rank(const Problem& problem, const Cone& cone, const SquareMatrix& start, Index rank,
                        const SolverOptions& options, const Run& run) {
  const Point point = cone.project(start);
  const Index r = std::min(rank, point.root.size());
  const Matrix B = (point.V.leftCols(r) * point.root.head(r).asDiagonal()).transpose();
  return LowRankSolver(problem, cone, options, run).solve(B);
}

}  // namespace maha::lmnn
