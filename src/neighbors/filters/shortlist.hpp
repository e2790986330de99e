#pragma once
/// Pairs that passed the filters wait here until their tile is done. Their upper bounds lower the limits at once, and
/// the final limits rule most of them out without measuring them.

#include <algorithm>
#include <compare>
#include <vector>

#include "neighbors/distance.hpp"
#include "neighbors/filters/reaches.hpp"

namespace maha::neighbors {

/// Working memory, reused by the shortlists of one tile after another.
struct ShortlistMemory {
  struct Candidate {
    float nearest;  ///< lower bound of the scaled distance
    Index id;
    auto operator<=>(const Candidate&) const = default;
  };
  struct Query {
    std::vector<Candidate> candidates;
    std::vector<float> least;      ///< heap: approximate scaled distances
    std::vector<double> farthest;  ///< heap: upper bounds of scaled distances
  };
  std::vector<Query> queries;
  std::size_t candidates = 0;

  void clear(Index tile_size) {
    if (static_cast<Index>(queries.size()) < tile_size) queries.resize(static_cast<std::size_t>(tile_size));
    for (Query& query : queries) {
      query.candidates.clear();
      query.least.clear();
      query.farthest.clear();
    }
    candidates = 0;
  }
};

/// The candidates of a tile of queries; Sink as in scan/scan.hpp.
template <class Sink>
class Shortlist {
 public:
  Shortlist(double scale, const MatrixRef& reference, const QueryTile& tile, Reaches& reach, Sink& sink,
            ShortlistMemory& memory)
      : scale_(scale),
        reference_(reference),
        tile_(tile),
        reach_(reach),
        sink_(sink),
        memory_(memory),
        seeds_(static_cast<std::size_t>(sink.seeds())) {
    memory.clear(tile.size());
  }

  /// Measures a pair, offers it and returns the squared distance.
  double measure(Index q, Index id) {
    const double squared =
        squared_distance(tile_.row(q), reference_.data() + id * reference_.outerStride(), reference_.cols());
    sink_.offer(q, id, squared);
    reach_.update(q, sink_.limit(q));
    return squared;
  }

  /// Prefetches a row that will soon be measured.
  void fetch(Index id) const {
    const double* row = reference_.data() + id * reference_.outerStride();
    for (Index c = 0; c < std::min(reference_.cols(), kFetched); c += 8) __builtin_prefetch(row + c);
  }

  /// Takes a pair that may count. If it is among the nearest so far, it may lower the limit: by its upper bound, or by
  /// its measured distance if that bound is too vague.
  void add(Index q, Index id, const Bracket& distance);

  bool full() const { return memory_.candidates > kMostCandidates; }

  /// Measures those of all pairs added that may still count.
  void measure_all();

 private:
  using Candidate = ShortlistMemory::Candidate;
  static constexpr std::size_t kMostCandidates = 1 << 16;
  static constexpr double kMostVague = 0.1;  // of a distance: a vaguer bound is replaced by a measurement
  static constexpr std::size_t kAhead = 2;   // rows prefetched before they are measured
  static constexpr Index kFetched = 64;      // coordinates of them; the processor prefetches the rest by itself

  /// Keeps the seeds_ smallest values; false if this is not one of them.
  template <class T>
  bool keep_least(std::vector<T>& heap, T value) const {
    if (heap.size() == seeds_) {
      if (seeds_ == 0 || !(value < heap.front())) return false;
      std::pop_heap(heap.begin(), heap.end());
      heap.pop_back();
    }
    heap.push_back(value);
    std::push_heap(heap.begin(), heap.end());
    return true;
  }

  const double scale_;
  const MatrixRef& reference_;
  const QueryTile& tile_;
  Reaches& reach_;
  Sink& sink_;
  ShortlistMemory& memory_;
  const std::size_t seeds_;
};

template <class Sink>
void Shortlist<Sink>::add(Index q, Index id, const Bracket& distance) {
  auto& query = memory_.queries[static_cast<std::size_t>(q)];
  bool waits = true;
  if (keep_least(query.least, static_cast<float>(distance.about))) {
    waits = distance.error <= kMostVague * distance.about;
    const double farthest =
        waits ? (distance.about + distance.error) * kSlack : reach(measure(q, id), scale_, reference_.cols());
    if (keep_least(query.farthest, farthest) && query.farthest.size() == seeds_) reach_.cap(q, query.farthest.front());
  }
  if (!waits) return;
  query.candidates.push_back({round_down(std::min((distance.about - distance.error) / kSlack, 0x1p100)), id});
  ++memory_.candidates;
}

template <class Sink>
void Shortlist<Sink>::measure_all() {
  for (Index q = 0; q < tile_.size(); ++q) {
    auto& candidates = memory_.queries[static_cast<std::size_t>(q)].candidates;
    const auto may_count = [&](const Candidate& c) { return static_cast<double>(c.nearest) <= reach_.exact(q); };
    std::erase_if(candidates, [&](const Candidate& c) { return !may_count(c); });
    std::sort(candidates.begin(), candidates.end());
    for (std::size_t i = 0; i < candidates.size() && may_count(candidates[i]); ++i) {
      if (i == 0) fetch(candidates[i].id);
      if (i + kAhead < candidates.size()) fetch(candidates[i + kAhead].id);
      measure(q, candidates[i].id);
    }
    candidates.clear();
  }
  memory_.candidates = 0;
}

}  // namespace maha::neighbors
