#pragma once

#include <vector>

#include "core/checkpoint.hpp"
#include "core/random.hpp"
#include "core/types.hpp"

namespace maha::learn::embedding {

/// Batches of P classes x K rows, drawn without replacement, so that every batch has rows of the same class and of
/// other classes for each of its rows. A class with fewer than K rows gives all of them.
class ClassBatches {
 public:
  /// Draws from these rows, whose class ids are y[row]. P is `classes` or the number of classes if that is less;
  /// K = max(2, batch / P), rounded up.
  ClassBatches(const Labels& y, const std::vector<Index>& rows, Index classes, Index batch);

  /// The rows of the next batch, class by class.
  std::vector<Index> draw(Random& random);

  /// What the next one depends on.
  void visit(State& state) { state(rows_); }

 private:
  Index classes_, each_;                  // P, K
  std::vector<std::vector<Index>> rows_;  // of each class
};

}  // namespace maha::learn::embedding
