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

/// Calls visit(i) for all i in [0, count) with scores[i] >= least, in order, where few are.
template <class Visit>
void for_each_at_least(const float* scores, Index count, const float& least, Visit&& visit) {
  constexpr Index kAtOnce = 32;
  for (Index first = 0; first < count; first += kAtOnce) {
    const Index size = std::min(kAtOnce, count - first);
    if (size == kAtOnce && !(Eigen::Map<const Eigen::Array<float, kAtOnce, 1>>(scores + first) >= least).any())
      continue;
    for (Index i = first; i < first + size; ++i) {
      if (scores[i] >= least) visit(i);
    }
  }
}

/// The `wanted` largest scores with their places, largest first; of equal ones those that come first.
/// 1 <= wanted <= scores.size().
inline void best_scores(std::span<const float> scores, Index wanted, std::vector<std::pair<float, Index>>& best) {
  best.assign(static_cast<std::size_t>(wanted), {-std::numeric_limits<float>::infinity(), 0});
  float& least = best.back().first;
  for_each_at_least(scores.data(), static_cast<Index>(scores.size()), least, [&](Index i) {
    const float score = scores[static_cast<std::size_t>(i)];
    if (!(score > least)) return;
    auto place = best.end() - 1;
    for (; place != best.begin() && (place - 1)->first < score; --place) *place = *(place - 1);
    *place = {score, i};
  });
}

}  // namespace maha
