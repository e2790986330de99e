#pragma once

#include <vector>

#include "core/random.hpp"
#include "core/types.hpp"

namespace maha {

/// Batches of P classes x K rows each, drawn without replacement: so that each row finds rows of its own class and of
/// others beside it. A class with fewer than K rows gives all it has.
class ClassBatches {
 public:
  /// Of these rows, whose class ids are y[row]. P is at most the number of classes; K = max(2, batch / P) rounded up.
  ClassBatches(const Labels& y, const std::vector<Index>& rows, Index classes, Index batch);

  /// The rows of the next batch, class by class.
  std::vector<Index> draw(Random& random);

 private:
  Index classes_, each_;                  // P, K
  std::vector<std::vector<Index>> rows_;  // of each class
};

}  // namespace maha
