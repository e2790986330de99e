#pragma once

#include <vector>

#include "core/machine/parallel.hpp"
#include "core/pairs.hpp"
#include "core/types.hpp"
#include "linalg/exact/scatter_sums.hpp"
#include "linalg/scatter.hpp"

namespace maha::learn {

/// Sums up the scatter of a stream of rows, class by class.
class ScatterGathering {
 public:
  explicit ScatterGathering(const Threads& threads) : threads_(threads) {}

  /// X: n x d; y: n class ids, 0, 1, ... in the order in which they first appear; or none, for all rows or for no row.
  void add(const MatrixRef& X, const Labels& y);

  /// Of each class; one without classes. Throws InputError for no rows, and for values whose squares overflow or
  /// underflow.
  std::vector<linalg::ScatterSums> finish();

 private:
  void open(std::size_t classes, Index d);

  /// What is summed up of a class.
  struct Class {
    linalg::MomentStream moments;
    linalg::ColumnSums columns;

    void add(const MatrixRef& X) {
      moments.add(X);
      columns.add(X);
    }
  };

  Threads threads_;
  std::vector<Class> classes_;
};

/// The sums over the similar or over the dissimilar of these pairs, of the products of x_i - x_j.
linalg::ScatterSums difference_sums(const MatrixRef& X, const Pairs& pairs, bool similar, const Threads& threads);

}  // namespace maha::learn
