#include "learn/lmnn/solver/low_rank.hpp"

#include <algorithm>
#include <chrono>
#include <limits>

#include "linalg/lbfgs.hpp"
#include "metric/metric.hpp"

namespace maha::learn::lmnn {
namespace {

// The problem is not convex, so the first three also decide which local minimum is found. At rank 2 on wdbc a first
// smoothing of 0.5, or a divisor of 2, ended 24 % lower; at rank 2 on wine and rank 10 on digits, half or twice of each
// made 0.1 % of difference at most.
constexpr double kFirstOfLowRank = 0.25;  // of the hinge, in units of the margin 1: smooth, but still a hinge
constexpr double kLessOfLowRank = 4;      // divisor of each round: larger ones need fewer rounds but harder ones
constexpr int kRoundIterations = 40;      // before the working set is renewed, since points move away from it
constexpr double kRoundTolerance = 1e-9;  // of the gradient: rounds end by their length or the line search
constexpr double kProgress = 0.1;         // of the tolerance: a round that gains less has reached a local minimum
constexpr double kBiasToSharpen = 0.5;    // of the tolerance: above it, the bias alone could use up half of the gap
constexpr double kFarthestTrace = 2;      // times the best objective, which |B|^2 does not exceed at an optimum

constexpr Index kMappedTile = 256;  // rows that a thread maps at a time

using Clock = std::chrono::steady_clock;

class LowRankSolver {
 public:
  LowRankSolver(const Problem& problem, const Cone& cone, Solution best, const SolverOptions& options, const Run& run)
      : problem_(problem), cone_(cone), options_(options), run_(run), best_(std::move(best)) {}

  Solution solve(Matrix B) {
    const Point start = cone_.project(B.transpose() * B, B.rows()).without_rows();
    try {
      iterate(std::move(B));
    } catch (const Stopped&) {
      if (best_.passes == 0) {
        run_.tell(state());
        best_.point = start;
        best_.measured = false;
      }
    }
    best_.converged = best_.measured && best_.gap() <= options_.tolerance;
    best_.local_minimum = best_.local_minimum && !best_.converged;
    return std::move(best_);
  }

 private:
  void iterate(Matrix B) {
    double last = std::numeric_limits<double>::infinity();
    const Stage stage(run_.checkpoint, options_.stage, [&](State& state) {
      state(B, last, began_, pairs_, rest_, smoothing_, sigma_, pass_seconds_);
      best_.visit(state);
    });
    bool go_on = !stage.restored() || descend(B);
    for (;;) {
      const double bias = renew(B);
      const double lowest = std::min(last, objective_);
      const bool settled =
          bias <= options_.tolerance * best_.objective && lowest >= last * (1 - kProgress * options_.tolerance);
      best_.local_minimum = settled && last < std::numeric_limits<double>::infinity();
      go_on = go_on && run_.tell(state());
      const bool done = best_.local_minimum || best_.gap() <= options_.tolerance;
      if (!go_on || done || best_.iterations >= options_.max_iterations) return;
      last = lowest;
      if (bias > kBiasToSharpen * options_.tolerance * best_.objective) smoothing_ /= kLessOfLowRank;
      began_ = best_.iterations;
      go_on = descend(B);
    }
  }

  /// A pass over all triplets at B: the objective, a new working set, and the bound that its multipliers prove. Returns
  /// the bias of the smoothing.
  double renew(const Matrix& B) {
    const Point point = cone_.project(B.transpose() * B, B.rows());
    const double sigma = best_.passes == 0
                             ? problem_.first_sigma(point, run_.threads)
                             : problem_.next_sigma(pairs_, squared_distances(pairs_, point.P, run_), sigma_);
    const bool quick = best_.passes > 0 && pass_seconds_ < kQuickPass;
    const auto start = Clock::now();
    FullPass pass = problem_.full_pass(point, sigma_ = sigma, cone_, quick ? without_stop(run_) : run_);
    pass_seconds_ = std::chrono::duration<double>(Clock::now() - start).count();
    run_.ranks->broadcast(&pass_seconds_, 1, 0);
    pairs_ = std::move(pass.pairs);
    rest_ = std::move(pass.rest);
    ++best_.passes;
    objective_ = B.squaredNorm() + pass.hinges;
    if (objective_ < best_.objective) {
      best_.objective = objective_;
      best_.active = pass.active;
      best_.point = point.without_rows();
    }
    const PairValues squared = squared_distances(pairs_, point.P, run_);
    const Dual dual = dual_from(cone_, pairs_, rest_, active_triplets(pairs_, squared, problem_.mu(), smoothing_));
    const bool listed = !options_.want_dual || rest_.triplets == 0;  // the multipliers of a linear part are not listed
    if (listed && dual.bound(best_.objective) > best_.bound) {
      best_.bound = dual.bound(best_.objective);
      if (options_.want_dual) best_.dual = by_rows(pairs_, dual.triplets);
    }
    return hinges(pairs_, squared, problem_.mu(), smoothing_, nullptr, run_.threads).bias;
  }

  /// One round of L-BFGS over the working set; false if the caller asked to stop.
  bool descend(Matrix& B) {
    bool go_on = true;
    const auto told = [&](int, double, const Vector&) {
      ++best_.iterations;
      return go_on = run_.tell(state());
    };
    linalg::LbfgsOptions options;
    options.max_iterations = std::min(kRoundIterations, options_.max_iterations - began_);
    options.tolerance = kRoundTolerance;
    options.checkpoint = run_.checkpoint;
    const Index rows = B.rows(), columns = B.cols();
    const auto f = [&](const Vector& x, Vector& g) {
      return value(Eigen::Map<const Matrix>(x.data(), rows, columns), g);
    };
    const Vector x = linalg::minimize_lbfgs(f, Eigen::Map<const Vector>(B.data(), B.size()), options, told);
    B = Eigen::Map<const Matrix>(x.data(), rows, columns);
    return go_on;
  }

  /// |B|^2 + smoothed hinges + the linear part, with the gradient 2 B (I - H).
  double value(const Matrix& B, Vector& gradient) const {
    // Linear hinges can fall without bound, so B is kept from going where no optimum is.
    if (rest_.triplets > 0 && B.squaredNorm() > kFarthestTrace * best_.objective) {
      return std::numeric_limits<double>::infinity();
    }
    const Matrix P = mapped(B);
    PairValues weights;
    const Hinges sum =
        hinges(pairs_, squared_distances(pairs_, P, run_), problem_.mu(), smoothing_, &weights, run_.threads);
    SquareMatrix half = cone_.identity() + cone_.scatter(pairs_, weights);
    double value = B.squaredNorm() + sum.value;
    if (rest_.triplets > 0) {
      half -= rest_.H;
      value += rest_.alpha - (B * rest_.H).cwiseProduct(B).sum();
    }
    Eigen::Map<Matrix>(gradient.data(), B.rows(), B.cols()) = 2 * B * half;
    return value;
  }

  /// The rows B z, which do not depend on how they are cut.
  Matrix mapped(const Matrix& B) const {
    const metric::Metric metric = metric::Metric::from_factor(B);
    const Matrix& Z = cone_.rows();
    Matrix P(Z.rows(), metric.rank());
    Team(run_).for_numbers_of(Z.cols()).fill(P, kMappedTile, [&](Index begin, Index end) {
      P.middleRows(begin, end - begin) = metric.transform(Z.middleRows(begin, end - begin));
    });
    return P;
  }

  Progress state() const {
    return {best_.iterations, best_.objective, best_.proven(), best_.gap(), Report().set("active", best_.active)};
  }

  const Problem& problem_;
  const Cone& cone_;
  const SolverOptions& options_;
  const Run& run_;
  MeasuredPairs pairs_;
  LinearPart rest_;
  int began_ = 0;  // iterations before the round
  double smoothing_ = kFirstOfLowRank, sigma_ = 0;
  double objective_ = 0, pass_seconds_ = 0;  // of the last pass
  Solution best_;
};

}  // namespace

Solution solve_low_rank(const Problem& problem, const Cone& cone, const SquareMatrix& start, Index rank, Solution best,
                        const SolverOptions& options, const Run& run) {
  const Point point = cone.project(start);
  const Index r = std::min(rank, point.root.size());
  const Matrix B = (point.V.leftCols(r) * point.root.head(r).asDiagonal()).transpose();
  return LowRankSolver(problem, cone, std::move(best), options, run).solve(B);
}

}  // namespace maha::learn::lmnn
