#pragma once

#include <algorithm>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/machine/parallel.hpp"
#include "core/machine/ranks.hpp"
#include "core/machine/tile_share.hpp"
#include "core/run.hpp"

namespace maha {

/// The threads of a rank, and the ranks that it shares work with: all of them call the same with the same, and get what
/// one of them alone would get, to the bit.
class Team {
 public:
  Team(Threads threads, const Ranks& ranks = alone()) : threads_(std::move(threads)), ranks_(&ranks) {}
  Team(const Run& run) : Team(run.threads, *run.ranks) {}

  const Threads& threads() const { return threads_; }
  const Ranks& ranks() const { return *ranks_; }

  /// This team, where a number that is a sum of so many terms is sooner sent than found again by every rank, or else the
  /// threads of this rank alone. The first rank says, by the threads that it has.
  Team for_numbers_of(Index terms) const {
    constexpr Index kTerms = 16;  // that a thread adds while a number is on its way
    bool shared = terms >= kTerms * threads_.count();
    ranks_->broadcast(&shared, 1, 0);
    return shared ? *this : Team(threads_);
  }

  /// Calls body(begin, end) for the tiles of [0, n) that are this rank's, those of its TileShare, on any thread.
  template <class Body>
  void for_own_ranges(Index n, Index tile, Body&& body) const {
    const TileShare own(n, tile, *ranks_);
    threads_.for_ranges(own.end() - own.begin(), tile,
                        [&](Index begin, Index end) { body(own.begin() + begin, own.begin() + end); });
  }

  /// What for_own_ranges() has each rank write comes to all: `values` of n rows, those of row i from place(i) up to
  /// place(i + 1). Sent: each value to every other rank.
  template <class T, class Place>
  void share(Index n, Index tile, T* values, Place&& place) const {
    if (ranks_->is_alone()) return;
    for (int from = 0; from < ranks_->count(); ++from) {
      const TileShare own(n, tile, from, ranks_->count());
      ranks_->broadcast(values + place(own.begin()), place(own.end()) - place(own.begin()), from);
    }
  }
  void share(Matrix& rows, Index tile) const {
    share(rows.rows(), tile, rows.data(), [&](Index i) { return i * rows.cols(); });
  }

  /// Both, one after the other.
  template <class T, class Place, class Body>
  void fill(Index n, Index tile, T* values, Place&& place, Body&& body) const {
    for_own_ranges(n, tile, body);
    share(n, tile, values, place);
  }

  template <class Body>
  void fill(Matrix& rows, Index tile, Body&& body) const {
    for_own_ranges(rows.rows(), tile, body);
    share(rows, tile);
  }

  template <class Body>
  void fill(Vector& values, Index tile, Body&& body) const {
    fill(
        values.size(), tile, values.data(), [](Index i) { return i; }, body);
  }

  /// total += part(begin, end) over the tiles of [0, n), in tile order, as Threads::sum_ranges. Total: a number, or a
  /// matrix or vector of the size of a part; the same on all ranks before, and after.
  ///
  /// Tiles are worked out by turns of at most Threads::kWave of them, which go round the ranks. All ranks work at once, and
  /// then the sum so far goes from one to the next. So they wait for each other's additions alone, and a rank holds no more
  /// parts than one process. Sent: the sum, once for each turn but the last, and then to each other rank.
  ///
  /// Against tree_sum() it keeps the order, and so the bits, that a sum has in one process; but the additions of all ranks
  /// are one after the other.
  template <class Total, class Part>
  void sum_ranges(Index n, Index tile, Total& total, Part&& part) const {
    if (ranks_->is_alone() || n == 0) return threads_.sum_ranges(n, tile, total, part);
    const Index tiles = (n + tile - 1) / tile;
    const int workers = static_cast<int>(std::min<Index>(ranks_->count(), tiles));
    const Index round = workers * Threads::kWave, turns = (tiles + round - 1) / round * workers;
    const int rank = ranks_->rank(), last = workers - 1, before = (rank + last) % workers;
    const auto [sum, size] = numbers_of(total);
    for (Index turn = rank; rank < workers && turn < turns; turn += workers) {
      std::vector<Total> parts;
      threads_.for_parts(n, tile, tiles * turn / turns, tiles * (turn + 1) / turns, part,
                         [&parts](Total value) { parts.push_back(std::move(value)); });
      // The first rank asks for the sum once it has done its part of the next round; to send it earlier would be to wait.
      if (rank == last && turn > last) ranks_->send(sum, size, 0);
      if (turn > 0) ranks_->receive(sum, size, before);
      add(parts, total);
      if (rank != last) ranks_->send(sum, size, rank + 1);
    }
    ranks_->broadcast(sum, size, last);
  }

 private:
  template <class Total>
  static auto numbers_of(Total& total) {
    if constexpr (std::is_arithmetic_v<Total>) {
      return std::pair(&total, Index{1});
    } else {
      return std::pair(total.data(), static_cast<Index>(total.size()));
    }
  }

  template <class Total>
  void add(std::vector<Total>& parts, Total& total) const {
    constexpr Index kEntries = 4096;  // that a thread adds up at a time
    const auto numbers = numbers_of(total);
    auto* const sum = numbers.first;
    threads_.for_ranges(numbers.second, kEntries, [&](Index begin, Index end) {
      for (Total& part : parts) {
        const auto* const values = numbers_of(part).first;
        for (Index i = begin; i < end; ++i) sum[i] += values[i];
      }
    });
  }

  Threads threads_;
  const Ranks* ranks_;
};

}  // namespace maha
