#pragma once

#include "core/checkpoint.hpp"
#include "core/machine/parallel.hpp"
#include "metric/metric.hpp"

namespace maha::learn::rfm {

/// Rows in coordinates u = L (x - mean) / unit, where M = L'L is the Euclidean distance. M has the trace d.
class Space {
 public:
  /// M = I, of the rows X (n x d). Of no more rows than features, the coordinates are those in the space of the rows'
  /// differences, fewer than n, unless M is to be diagonal.
  Space(const MatrixRef& X, double unit, bool diagonal, const Threads& threads);

  const Matrix& rows() const { return U_; }  ///< n x r
  bool diagonal() const { return weights_.size() > 0; }

  /// The same with these of the rows, in this order.
  Space with_rows(const std::vector<Index>& rows) const;

  /// M becomes L'S L, over its trace and times d, or with a diagonal M S on the diagonal. The trace of S is above 0.
  void advance(const SquareMatrix& S, const Threads& threads);
  void advance(const Vector& S);

  metric::Metric metric() const;

  void visit(State& state) { state(U_, L_, weights_); }

 private:
  Matrix U_;
  Matrix L_;        // r x d; empty for a diagonal M
  Vector weights_;  // d: the roots of the diagonal
};

}  // namespace maha::learn::rfm
