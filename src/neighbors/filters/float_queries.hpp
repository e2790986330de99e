#pragma once
/// Queries of a tile in the float32 coordinates of a block.

#include <algorithm>
#include <limits>
#include <span>
#include <vector>

#include "neighbors/distance.hpp"
#include "neighbors/filters/blocks.hpp"
#include "neighbors/rows/bounds.hpp"

namespace maha::neighbors {

class FloatQueries {
 public:
  void clear() {
    squared_norms_.clear();
    thresholds_.clear();
  }

  /// Adds a query; reach bounds the distance of alpha to the rows that count.
  void add(const Block& block, const double* alpha, double reach) {
    const std::size_t size = thresholds_.size(), width = static_cast<std::size_t>(block.centre.size());
    if (local_.size() < (size + 1) * width) local_.resize(2 * (size + 1) * width);
    squared_norms_.push_back(
        float_difference(alpha, block.centre.data(), block.centre.size(), local_.data() + size * width));
    thresholds_.push_back(threshold(block, static_cast<Index>(size), reach));
  }

  /// The threshold of query a for another reach. w and y, the float32 coordinates relative to the block's centre, have
  /// errors of kUnit32 times their norms; the product and |y|^2/2 one of gamma32 times |w||y| + |y|^2/2.
  float threshold(const Block& block, Index a, double reach) const {
    const double squared = squared_norms_[static_cast<std::size_t>(a)], norm = std::sqrt(squared);
    const double wide = reach + 1.01 * kUnit32 * (norm + block.radius) + kUnderflow32;
    const double limit = wide * wide * kSlack;
    const double rounding = 1.01 * gamma32(block.centre.size() + 4) * (norm + block.radius / 2) * block.radius +
                            1e-14 * (squared + limit) + kUnderflow32;
    const double lowest = -std::numeric_limits<float>::max();
    return round_down(std::max((squared - limit) / 2 - rounding, lowest));
  }

  /// All queries added, valid until the next one is added.
  TileQueries queries(const Block& block) {
    rows_.clear();
    for (std::size_t a = 0; a < thresholds_.size(); ++a) {
      rows_.push_back(local_.data() + static_cast<Index>(a) * block.centre.size());
    }
    return {rows_.data(), thresholds_.data(), static_cast<Index>(rows_.size())};
  }

 private:
  std::vector<double> squared_norms_;
  std::vector<float> local_;
  std::vector<const float*> rows_;
  std::vector<float> thresholds_;
};

}  // namespace maha::neighbors
