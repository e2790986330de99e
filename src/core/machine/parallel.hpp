#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <vector>

#include "core/types.hpp"

namespace maha {

/// A number of threads to work with: a cheap handle to a pool, which copies share. One thread (the default) has no
/// pool: everything runs in the caller. Work is cut into tiles whose size does not depend on the number of threads, and
/// sums are combined in tile order, so results have the same bits on any number of threads.
class Threads {
 public:
  explicit Threads(int count = 1);

  int count() const { return count_; }

  /// Runs body(t) once for each t in [0, tiles), on any thread in any order, and returns when all are done. If bodies
  /// throw, the exception of the lowest tile is rethrown. Called from within a body, it runs in the calling thread.
  void for_tiles(Index tiles, const std::function<void(Index)>& body) const;

  /// Runs body(begin, end) over [0, n) in tiles of `tile`; the last one may be shorter.
  template <class Body>
  void for_ranges(Index n, Index tile, Body&& body) const {
    for_tiles((n + tile - 1) / tile, [&](Index t) { body(t * tile, std::min(n, (t + 1) * tile)); });
  }

  /// Sums part(begin, end) over [0, n) in tiles of `tile`, in tile order: total += part. Holds at most kWave parts at a
  /// time.
  template <class Total, class Part>
  void sum_ranges(Index n, Index tile, Total& total, Part&& part) const {
    const Index tiles = (n + tile - 1) / tile;
    using Value = decltype(part(Index{}, Index{}));
    for (Index first = 0; first < tiles; first += kWave) {
      const Index count = std::min(kWave, tiles - first);
      std::vector<Value> parts(static_cast<std::size_t>(count));
      for_tiles(count, [&](Index t) {
        const Index begin = (first + t) * tile;
        parts[static_cast<std::size_t>(t)] = part(begin, std::min(n, begin + tile));
      });
      for (const Value& value : parts) total += value;
    }
  }

 private:
  static constexpr Index kWave = 64;
  class Pool;
  int count_;
  std::shared_ptr<Pool> pool_;
};

/// The number of processors that this process may use, at least 1.
int available_processors();

}  // namespace maha
