#pragma once

#include "core/run.hpp"
#include "learn/fit.hpp"
#include "learn/logdet/solver.hpp"
#include "prepare/pairs/pair_rows.hpp"

namespace maha::learn::logdet {

/// The rows that pairs name, in coordinates z = A x / unit with the prior M0 = A'A: there the prior is the identity,
/// and M = A'NA. From these a learner finds the M near M0 at which its loss of pairs is low.
class NearPrior {
 public:
  /// The pairs are of the rows of X (n x d). The unit is 1 for distances of common sizes. Throws InputError for a model
  /// of more than a gigabyte.
  NearPrior(const MatrixRef& X, const Pairs& pairs, metric::Metric prior, const Threads& threads);

  const metric::Metric& prior() const { return prior_; }
  const Matrix& Z() const { return Z_; }
  double unit() const { return unit_; }
  Index rows() const { return used_; }  ///< how many of X are in pairs

  /// The pairs in terms of the rows of Z, in their order, and the squared distance of each.
  const Pairs& pairs() const { return rows_.pairs; }
  Vector squared(const Threads& threads) const;

  /// How the search goes; `start` may be nullptr.
  struct Search {
    const metric::Metric* start = nullptr;
    double tolerance = 1e-6;
    int max_iterations = 1000;
    bool want_proof = false;
  };

  /// Minimises tr N - logdet N - r + gamma loss(p) for these pairs of rows of Z, and sets the metric, objective, bound,
  /// gap, iterations and convergence of the fit, and its proof if wanted. If the rows are fewer than their coordinates,
  /// in their span, across which N is the identity. A prior of rank 0 leaves M = 0.
  LogDetSolution solve(const Pairs& pairs, const PairLoss& loss, double gamma, const Search& search, const Run& run,
                       Fit& fit) const;

 private:
  LogDetSolution solve_over(const Matrix& A, const Pairs& pairs, const PairLoss& loss, double gamma,
                            const Search& search, const Run& run, Fit& fit) const;

  metric::Metric prior_;
  prepare::PairRows rows_;
  Matrix Z_;
  double unit_ = 1;
  Index used_ = 0;
};

}  // namespace maha::learn::logdet
