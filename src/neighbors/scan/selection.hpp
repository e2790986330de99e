#pragma once
/// The k best of a stream by the key (squared distance, row number).

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

#include "core/types.hpp"

namespace maha::neighbors {

/// Squared distance and row number; candidates compare by distance, then by row.
using Candidate = std::pair<double, Index>;

/// Keeps the k smallest candidates seen, as a heap with the worst on top.
class KBest {
 public:
  explicit KBest(Index k) : k_(static_cast<std::size_t>(k)) { heap_.reserve(k_); }

  /// Candidates with a larger distance can no longer enter; one at this distance can, by its row number.
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

  /// Writes the best, nearest first, and clears the heap.
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

/// A score that at least `wanted` of `count` scores reach, and not many more; 1 <= wanted <= count. It is the wanted-th
/// among the largest scores of groups.
inline float score_of_best(const float* scores, Index count, Index wanted, std::vector<float>& work) {
  constexpr Index kAtOnce = 16;
  using Some = Eigen::Array<float, kAtOnce, 1>;
  const Index groups = (2 * wanted + kAtOnce - 1) / kAtOnce * kAtOnce;
  if (groups > count) {
    work.assign(scores, scores + count);
  } else {
    work.assign(scores, scores + groups);
    for (Index first = groups; first < count; first += groups) {
      const Index size = std::min(groups, count - first), whole = size / kAtOnce * kAtOnce;
      for (Index i = 0; i < whole; i += kAtOnce) {
        Eigen::Map<Some> most(work.data() + i);
        most = most.max(Eigen::Map<const Some>(scores + first + i));
      }
      for (Index i = whole; i < size; ++i)
        work[static_cast<std::size_t>(i)] = std::max(work[static_cast<std::size_t>(i)], scores[first + i]);
    }
  }
  std::nth_element(work.begin(), work.begin() + (wanted - 1), work.end(), std::greater<>());
  return work[static_cast<std::size_t>(wanted - 1)];
}

}  // namespace maha::neighbors
