#pragma once
/// The k best of a stream by the key (squared distance, row number).

#include <algorithm>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "core/types.hpp"

namespace maha {

/// Squared distance and row number; pairs compare by distance, then by row.
using Candidate = std::pair<double, Index>;

/// Keeps the k smallest candidates seen, as a heap with the worst on top.
class KBest {
 public:
  explicit KBest(Index k) : k_(static_cast<std::size_t>(k)) { heap_.reserve(k_); }

  /// No candidate with a larger distance can still enter (one at this distance can, by its row number).
  double worst() const { return heap_.size() < k_ ? std::numeric_limits<double>::infinity() : heap_.front().first; }

  void offer(const Candidate& candidate) {
    if (heap_.size() < k_) {
      heap_.push_back(candidate);
      std::push_heap(heap_.begin(), heap_.end());
    } else if (candidate < heap_.front()) {
      std::pop_heap(heap_.begin(), heap_.end());
      heap_.back() = candidate;
      std::push_heap(heap_.begin(), heap_.end());
    }
  }

  /// Writes the best, nearest first, and forgets them.
  void drain(Index* index, double* squared) {
    std::sort_heap(heap_.begin(), heap_.end());
    for (const Candidate& best : heap_) {
      *squared++ = best.first;
      *index++ = best.second;
    }
    heap_.clear();
  }

 private:
  std::size_t k_;
  std::vector<Candidate> heap_;
};

/// The `wanted` largest scores with their places, largest first; of equal ones those that come first.
/// 1 <= wanted <= scores.size().
inline void best_scores(std::span<const float> scores, Index wanted, std::vector<std::pair<float, Index>>& best) {
  best.assign(static_cast<std::size_t>(wanted), {-std::numeric_limits<float>::infinity(), 0});
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (!(scores[i] > best.back().first)) continue;
    auto place = best.end() - 1;
    for (; place != best.begin() && (place - 1)->first < scores[i]; --place) *place = *(place - 1);
    *place = {scores[i], static_cast<Index>(i)};
  }
}

}  // namespace maha
