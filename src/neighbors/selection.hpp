#pragma once
/// The k best of a stream by the key (squared distance, row number).

#include <algorithm>
#include <limits>
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

}  // namespace maha
