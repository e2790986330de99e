#pragma once

#include <algorithm>
#include <functional>
#include <iterator>
#include <memory>
#include <utility>
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

  /// How many parts of a sum are held at a time.
  static constexpr Index kWave = 64;

  /// take(part(begin, end)) for the tiles [first, end_tile) of [0, n), tiles of `tile`: the parts on any thread, kWave of
  /// them at a time, and all that is done with them in the calling thread, in tile order.
  template <class Part, class Take>
  void for_parts(Index n, Index tile, Index first, Index end_tile, Part&& part, Take&& take) const {
    using Value = decltype(part(Index{}, Index{}));
    for (; first < end_tile; first += kWave) {
      std::vector<Value> parts(static_cast<std::size_t>(std::min(kWave, end_tile - first)));
      for_tiles(std::ssize(parts), [&](Index t) {
        const Index begin = (first + t) * tile;
        parts[static_cast<std::size_t>(t)] = part(begin, std::min(n, begin + tile));
      });
      for (Value& value : parts) take(std::move(value));
    }
  }

  /// Sums part(begin, end) over [0, n) in tiles of `tile`, in tile order: total += part. Holds at most kWave parts at a
  /// time.
  template <class Total, class Part>
  void sum_ranges(Index n, Index tile, Total& total, Part&& part) const {
    for_parts(n, tile, 0, (n + tile - 1) / tile, part, [&total](const auto& value) { total += value; });
  }

 private:
  class Pool;
  int count_;
  std::shared_ptr<Pool> pool_;
};

/// The number of processors that this process may use, at least 1.
int available_processors();

}  // namespace maha
