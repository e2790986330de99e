/// MMC after whitening: maximise f = sum |L'b| over |L| = 1, b being the differences of the dissimilar pairs; with a
/// spread s, f = sum |L'b| + s |L|_*, |L|_* = tr (L L')^(1/2) the sum of L's singular values.
///
/// With delta = |L'b| and G = sum bb'/delta + s N^(-1/2), f = <G,N>. f is convex in L, so its linearisation at L is a
/// minorant; among the L of norm 1 that is maximised by GL/|GL|. So the fixed point iteration L <- GL/|GL| climbs
/// without a step size. Where it is slow, L-BFGS on log |L| - log f continues; if rounding stops that early, the fixed
/// point takes over again.
#include "learn/mmc/solver.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "core/checkpoint.hpp"
#include "learn/lowest.hpp"
#include "linalg/lbfgs.hpp"
#include "linalg/rounding.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/spectral/spectrum.hpp"
#include "prepare/pairs/pair_scatter.hpp"

namespace maha::learn::mmc {
namespace {

// None of these changes the optimum, only the time to it. On wine, wdbc and digits, values tried within the range in
// brackets took about the same CPU time to a gap of 1e-6 (kCheckEvery: 1e-4), one constant changed at a time.
constexpr int kFixedPointIterations = 60;  // [10, 60] before L-BFGS takes over; never: twice the time on wdbc, diagonal
constexpr int kLbfgsIterations = 300;      // [30, 1000] before the fixed point has another turn: a guard, not reached
constexpr double kLeastRoot = 1e-7;        // beside the largest of N^(1/2): where it is lower, its inverse is rounding
constexpr int kCheckEvery = 5;             // [1, 5] iterations between certificates, each of which costs about one

Vector inverse_or_zero(const Vector& w) { return (w.array() > 0).select(w.cwiseInverse(), 0); }

// For each pair a lower bound on delta at an optimum, times f: bb'/delta <= G <= f I gives |b|^2. For a diagonal N only
// G_kk <= f is known, which gives the largest b_k^2.
Vector least_deltas(const Matrix& Z, const Pairs& pairs, bool diagonal, const Run& run) {
  if (!diagonal) return prepare::squared_lengths(Z, pairs, run);
  Vector least(static_cast<Index>(pairs.size()));
  for (Index p = 0; p < least.size(); ++p) {
    const Pair& pair = pairs[static_cast<std::size_t>(p)];
    least[p] = (Z.row(pair.i) - Z.row(pair.j)).cwiseAbs2().maxCoeff();
  }
  return least;
}

// L in terms of the eigenvectors of L L', largest eigenvalue first: of_rank(r) is its leading part, scaled to norm 1.
class RankedFactor {
 public:
  RankedFactor(const SquareMatrix& L, bool diagonal) : diagonal_(diagonal), L_(L) {
    if (diagonal) {
      order_.resize(static_cast<std::size_t>(L.size()));
      std::iota(order_.begin(), order_.end(), 0);
      std::stable_sort(order_.begin(), order_.end(), [&](Index a, Index b) { return std::abs(L(a)) > std::abs(L(b)); });
    } else {
      const linalg::Eigenpairs N = linalg::eigenpairs(L * L.transpose());
      const Vector roots = N.values.cwiseMax(0).cwiseSqrt();
      L_ = (N.vectors * roots.asDiagonal()).rowwise().reverse();
    }
  }

  Index rank() const { return L_.rows(); }

  SquareMatrix of_rank(Index rank) const {
    SquareMatrix L = diagonal_ ? SquareMatrix(L_) : SquareMatrix(L_.leftCols(rank));
    if (diagonal_) {
      for (std::size_t k = static_cast<std::size_t>(rank); k < order_.size(); ++k) L(order_[k]) = 0;
    }
    return L / L.norm();
  }

 private:
  bool diagonal_;
  SquareMatrix L_;
  std::vector<Index> order_;
};

class Solver {
 public:
  Solver(const Matrix& Z, const Pairs& pairs, bool diagonal, double tolerance, const Run& run,
         const MmcMargins& margins, double spread)
      : Z_(Z), pairs_(pairs), diagonal_(diagonal), tolerance_(tolerance), run_(run), margins_(margins) {
    spread_.weight = spread;
    least_ = least_deltas(Z, pairs, diagonal, run);
  }

  MmcSolution solve(const SquareMatrix& start, int max_iterations) {
    climb(first_factor(start), max_iterations);
    if (solution_.converged && spread_.weight == 0) lower_rank();
    return solution_;
  }

 private:
  // L with L L' = N: the start, scaled to trace 1, with a share sqrt(tolerance) of it replaced by the identity.
  SquareMatrix first_factor(const SquareMatrix& start) const {
    const Index r = Z_.cols();
    const SquareMatrix I = diagonal_ ? SquareMatrix(SquareMatrix::Ones(r, 1)) : SquareMatrix::Identity(r, r);
    const double trace = start.size() > 0 ? start.cwiseProduct(I).sum() : 0;
    const double share = trace > 0 ? std::min(std::sqrt(tolerance_), 1.0) : 1;
    SquareMatrix N = share / static_cast<double>(r) * I;
    if (share < 1) N += (1 - share) / trace * start;
    return diagonal_ ? SquareMatrix(N.cwiseSqrt()) : linalg::cholesky(N)->L;
  }

  void climb(SquareMatrix L, int max_iterations) {
    going_ = true;
    int turn = 0;
    const Stage stage(run_.checkpoint, "climb", [&](State& state) {
      state(L, turn, computed_bound_, solution_.L, solution_.objective, solution_.bound, solution_.iterations);
      state(solution_.weights, solution_.spread.weight, solution_.spread.root.values, solution_.spread.root.vectors);
    });
    while (going_) {
      climb_by_fixed_point(stage, turn, L, max_iterations);
      if (going_) L = climb_by_lbfgs(L, max_iterations);
      turn = 0;
    }
  }

  void climb_by_fixed_point(const Stage& stage, int& turn, SquareMatrix& L, int max_iterations) {
    for (; going_ && turn < kFixedPointIterations; ++turn) {
      stage.keep();
      const SquareMatrix GL = evaluate(L);
      note(L, max_iterations);
      L = GL / GL.norm();
    }
  }

  SquareMatrix climb_by_lbfgs(const SquareMatrix& start, int max_iterations) {
    const auto unit = [&](const Vector& x) {
      return SquareMatrix(SquareMatrix::Map(x.data(), start.rows(), start.cols()) / x.norm());
    };
    // log |x| - log f(x) does not depend on the scale of x; its gradient at x is that at x/|x|, divided by |x|.
    const auto function = [&](const Vector& x, Vector& g) {
      const SquareMatrix L = unit(x);
      const SquareMatrix GL = evaluate(L);
      g = (L.reshaped() - GL.reshaped() / f_) / x.norm();
      return -std::log(f_);
    };
    const auto iterate = [&](int, double, const Vector& x) {
      const SquareMatrix L = unit(x);
      measure(L);  // the line search may have evaluated another point last
      note(L, max_iterations);
      return going_;
    };
    const linalg::LbfgsOptions options{
        .max_iterations = kLbfgsIterations, .stop = [&] { return run_.stop(); }, .checkpoint = run_.checkpoint};
    return unit(linalg::minimize_lbfgs(function, start.reshaped(), options, iterate));
  }

  // Sets f_ = f(L) and delta_.
  void measure(const SquareMatrix& L) {
    const Matrix Y = diagonal_ ? Matrix(Z_ * L.col(0).asDiagonal()) : Matrix(Z_ * L);
    delta_ = prepare::squared_lengths(Y, pairs_, run_).cwiseSqrt();
    f_ = delta_.sum();
    if (spread_.weight > 0) {
      spread_.root = root_of(L);
      f_ += spread_.weight * spread_.root.values.sum();
    }
  }

  // N^(1/2), its eigenvalues kept from 0, whose inverse would be lost in rounding; the bound takes any.
  linalg::Eigenpairs root_of(const SquareMatrix& L) const {
    if (diagonal_) {
      const Vector root = L.col(0).cwiseAbs();
      const auto free = Z_.cwiseAbs().colwise().maxCoeff().transpose().array() > 0;
      return {free.select(root.cwiseMax(kLeastRoot * root.maxCoeff()), 0), {}};
    }
    linalg::Eigenpairs N = linalg::eigenpairs(L * L.transpose());
    N.values = N.values.cwiseMax(0).cwiseSqrt();
    N.values = N.values.cwiseMax(kLeastRoot * N.values.maxCoeff());
    return N;
  }

  // N^(-1/2) L, the gradient of the spread over its weight.
  SquareMatrix spread_gradient(const SquareMatrix& L) const {
    const Vector inverse = inverse_or_zero(spread_.root.values);
    if (diagonal_) return inverse.cwiseProduct(L.col(0));
    return spread_.root.vectors * (inverse.asDiagonal() * (spread_.root.vectors.transpose() * L));
  }

  // Does the same and returns GL, the gradient of f.
  SquareMatrix evaluate(const SquareMatrix& L) {
    measure(L);
    const Vector w = inverse_or_zero(delta_);
    SquareMatrix GL = diagonal_
                          ? SquareMatrix(prepare::pair_scatter_diagonal(Z_, pairs_, w, run_).cwiseProduct(L.col(0)))
                          : SquareMatrix(prepare::pair_scatter(Z_, pairs_, w, run_) * L);
    if (spread_.weight > 0) GL += spread_.weight * spread_gradient(L);
    return GL;
  }

  // Counts an iteration after measure(L), with a certificate now and then. Clears going_ if it was the last one.
  void note(const SquareMatrix& L, int max_iterations) {
    if (f_ >= solution_.objective) {
      solution_.objective = f_;
      solution_.L = L;
    }
    const int k = ++solution_.iterations;
    const bool stop = run_.stop();
    if (k % kCheckEvery != 0 && k != max_iterations && !stop) return;
    // Weights are kept above least_ / f, so that a distance that is still far too small does not spoil the bound.
    tighten(delta_.cwiseMax(least_ / f_));
    solution_.bound = margins_.carry(computed_bound_, spread_.weight > 0);
    solution_.converged = solution_.gap() <= tolerance_;
    const bool rounding_rules = (computed_bound_ - solution_.objective) / computed_bound_ <= tolerance_ / 2;
    const Progress state{.iteration = k, .objective = f_, .gap = solution_.gap()};
    going_ = run_.tell(state) && !stop && !solution_.converged && !rounding_rules && k < max_iterations;
  }

  // Takes the bound that these weights prove if it is the best so far.
  void tighten(Vector weights) {
    const double bound = mmc_bound(Z_, pairs_, weights, diagonal_, run_, spread_);
    if (!(bound < computed_bound_)) return;
    computed_bound_ = bound;
    solution_.weights = std::move(weights);
    solution_.spread = spread_;
  }

  // The lowest rank whose gap is still within the tolerance, by bisection.
  void lower_rank() {
    const RankedFactor factor(solution_.L, diagonal_);
    lowest_that_will_do(1, factor.rank(), [&](Index rank) {
      const SquareMatrix L = factor.of_rank(rank);
      measure(L);
      if (!(f_ >= (1 - tolerance_) * solution_.bound)) return false;
      solution_.L = L;
      solution_.objective = f_;
      return true;
    });
  }

  const Matrix& Z_;
  const Pairs& pairs_;
  bool diagonal_;
  double tolerance_;
  const Run& run_;
  MmcMargins margins_;
  Vector least_;      // for each pair: least_ / f bounds delta from below
  Vector delta_;      // |L'b|, and
  double f_ = 0;      // their sum with the spread, at the last L measured
  MmcSpread spread_;  // of that L, if its weight is not 0
  double computed_bound_ = std::numeric_limits<double>::infinity();
  bool going_ = false;
  MmcSolution solution_;
};

}  // namespace

double MmcMargins::carry(double bound, bool with_spread) const {
  if (with_spread) bound *= std::sqrt(1 + excess);
  return excess < 1 ? (bound + added) / std::sqrt(1 - excess) : std::numeric_limits<double>::infinity();
}

double mmc_bound(const Matrix& Z, const Pairs& pairs, const Vector& w, bool diagonal, const Run& run,
                 const MmcSpread& spread) {
  const Vector v = inverse_or_zero(w);
  // The error of a sum is at most its length times the unit roundoff; that of a matrix is relative to its trace.
  const double of_scatter = prepare::pair_scatter_rounding(pairs, Z.cols());
  double largest = 0;
  if (diagonal) {
    Vector G = prepare::pair_scatter_diagonal(Z, pairs, v, run);
    if (spread.weight > 0) G += spread.weight * inverse_or_zero(spread.root.values);
    largest = G.maxCoeff() * (1 + of_scatter);
  } else {
    SquareMatrix G = prepare::pair_scatter(Z, pairs, v, run);
    double rounding = of_scatter * G.trace();
    if (spread.weight > 0) {
      const SquareMatrix& V = spread.root.vectors;
      const Vector inverse = spread.weight * spread.root.values.cwiseInverse();
      G += V * inverse.asDiagonal() * V.transpose();
      // V is orthogonal but for rounding: the inverse of V diag V' may differ from V diag^-1 V' by that of its trace.
      rounding += 8 * linalg::rank_tolerance(V.rows()) * inverse.sum();
    }
    largest = linalg::largest_eigenvalue_bound(G) + rounding;
  }
  const double of_sum = static_cast<double>(w.size() + 8) * std::numeric_limits<double>::epsilon();
  const double weights =
      w.sum() + (spread.weight > 0 ? spread.weight * spread.root.values.sum() * (1 + of_scatter) : 0);
  return std::sqrt(weights * largest) * (1 + of_sum);
}

MmcSolution solve_mmc(const Matrix& Z, const Pairs& pairs, const SquareMatrix& start, bool diagonal, double tolerance,
                      int max_iterations, const Run& run, const MmcMargins& margins, double spread) {
  return Solver(Z, pairs, diagonal, tolerance, run, margins, spread).solve(start, max_iterations);
}

}  // namespace maha::learn::mmc
