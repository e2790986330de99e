#include "learn/convex/solver.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/checkpoint.hpp"
#include "learn/convex/certificate.hpp"
#include "learn/lowest.hpp"
#include "linalg/lbfgs.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/tiled_product.hpp"

namespace maha::learn::convex {
namespace {

constexpr int kTurns = 3;          // of L-BFGS without a better bound or objective, after which rounding rules
constexpr double kRevived = 1e-6;  // share of the identity mixed in before a turn: a direction of weight 0 stays at 0
// Of the gap, what a lower rank may cost. Not all of it: where little can be learned, M = 0 may be within the
// tolerance.
constexpr double kSpent = 0.1;
constexpr Index kTile = 256;  // rows that are mapped at once

class Solver {
 public:
  Solver(Loss& loss, const Matrix& Z, const Options& options, const Run& run)
      : loss_(loss), Z_(Z), options_(options), run_(run) {}

  Solution solve(const SquareMatrix& start) {
    solution_.objective = std::numeric_limits<double>::infinity();
    int idle = 0;
    double objective = 0, bound = 0;  // at the head of the turn
    const Stage stage(run_.checkpoint, "turns", [&](State& state) {
      state(solution_.L, solution_.objective, solution_.bound, solution_.iterations, idle, objective, bound);
      loss_.visit(state);
    });
    bool resumed = stage.restored();
    if (!resumed) {
      const linalg::Eigenpairs N = linalg::eigenpairs(start);
      measure(N.values.cwiseMax(0).cwiseSqrt().asDiagonal() * N.vectors.transpose());
      note();
    }
    for (; going_ && idle < kTurns; resumed = false) {
      if (!resumed) {
        objective = solution_.objective;
        bound = solution_.bound;
      }
      turn();
      idle = solution_.objective < objective || solution_.bound > bound ? 0 : idle + 1;
    }
    if (solution_.gap() <= options_.tolerance) lower_rank();
    return std::move(solution_);
  }

 private:
  Matrix rows(const Matrix& L) const { return linalg::tiled_product(Z_, L.transpose(), kTile, run_.threads); }

  /// Evaluates the objective at L'L, unless it was done last.
  void measure(const SquareMatrix& L) {
    if (L_.size() == L.size() && L_ == L) return;
    L_ = L;
    at_ = loss_.evaluate(rows(L), run_.threads);
    f_ = at_.value + options_.ridge * L.squaredNorm();
  }

  /// Counts an iteration at the point measured last. Clears going_ if it was the last one.
  void note() {
    if (f_ < solution_.objective) {
      solution_.objective = f_;
      solution_.L = L_;
    }
    solution_.bound = std::max(solution_.bound, lower_bound(at_, options_.ridge));
    const Progress state{
        .iteration = solution_.iterations, .objective = f_, .bound = solution_.bound, .gap = solution_.gap()};
    going_ = run_.tell(state) && !run_.stop() && solution_.gap() > options_.tolerance &&
             solution_.iterations < options_.max_iterations;
  }

  /// A turn of L-BFGS from the best point so far, with all directions alive.
  void turn() {
    const SquareMatrix N = solution_.L.transpose() * solution_.L;
    const Index r = N.rows();
    const double revived = kRevived * N.trace() / static_cast<double>(r);
    const SquareMatrix start = linalg::cholesky(N + revived * SquareMatrix::Identity(r, r))->L.transpose();
    const auto matrix = [&](const Vector& x) { return SquareMatrix(SquareMatrix::Map(x.data(), r, r)); };
    const auto function = [&](const Vector& x, Vector& g) {
      measure(matrix(x));
      g = (2 * (L_ * at_.gradient + options_.ridge * L_)).reshaped();
      return f_;
    };
    const auto iterate = [&](int, double, const Vector& x) {
      ++solution_.iterations;
      measure(matrix(x));
      note();
      return going_;
    };
    const linalg::LbfgsOptions options{
        .max_iterations = options_.max_iterations, .stop = [&] { return run_.stop(); }, .checkpoint = run_.checkpoint};
    linalg::minimize_lbfgs(function, start.reshaped(), options, iterate);
    if (run_.stop()) going_ = false;
  }

  /// The lowest rank, by bisection, that costs no more than its share of the gap.
  void lower_rank() {
    const linalg::Eigenpairs N = linalg::eigenpairs(solution_.L.transpose() * solution_.L);
    const Vector roots = N.values.cwiseMax(0).cwiseSqrt();
    const Matrix all = (N.vectors * roots.asDiagonal()).rowwise().reverse().transpose();  // the largest first
    const double most = std::min(solution_.objective + kSpent * std::max(0.0, solution_.objective - solution_.bound),
                                 solution_.bound / std::max(0.0, 1 - options_.tolerance));
    lowest_that_will_do(0, all.rows(), [&](Index rank) {
      const Matrix L = all.topRows(rank);
      const double f = loss_.value(rows(L), run_.threads) + options_.ridge * L.squaredNorm();
      if (!(f <= most)) return false;
      solution_.L = L;
      solution_.objective = f;
      return true;
    });
  }

  Loss& loss_;
  const Matrix& Z_;
  const Options& options_;
  const Run& run_;
  SquareMatrix L_{};  // the point measured last, with
  Evaluation at_{};   // its loss and
  double f_ = 0;      // its objective
  bool going_ = true;
  Solution solution_{};
};

}  // namespace

Solution solve(Loss& loss, const Matrix& Z, const SquareMatrix& start, const Options& options, const Run& run) {
  return Solver(loss, Z, options, run).solve(start);
}

}  // namespace maha::learn::convex
