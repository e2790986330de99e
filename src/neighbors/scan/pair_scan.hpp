#pragma once
/// Single pairs on their way from the tile kernel to the sink. Pairs that neither the fine coordinates nor whole rows
/// in bytes rule out wait on the shortlist. In few dimensions, where the kernel saw all coordinates, they are measured
/// at once.

#include <vector>

#include "neighbors/filters/fine_filter.hpp"
#include "neighbors/filters/reaches.hpp"
#include "neighbors/filters/shortlist.hpp"
#include "neighbors/filters/whole_filter.hpp"
#include "neighbors/scan/prepared.hpp"
#include "neighbors/scan/scan_memory.hpp"

namespace maha::neighbors {

/// Sink as in scan.hpp.
template <class Sink>
class PairScan {
 public:
  PairScan(const PreparedRows& prepared, const MatrixRef& reference, const QueryTile& tile, Reaches& reach, Sink& sink,
           ScanMemory& memory)
      : prepared_(prepared),
        tile_(tile),
        reach_(reach),
        sink_(sink),
        memory_(memory),
        whole_(tile.mapped.bytes, prepared.mapped.bytes),
        shortlist_(prepared.rotation.scale(), reference, tile, reach, sink, memory.shortlist) {}

  /// Takes memory.taken, pairs of the block that the coarse coordinates did not rule out (if `sharp`, nor the fine
  /// ones).
  void take(const Block& block, bool sharp);

  /// Measures the pairs that were put off, if they are many.
  void relieve() {
    if (shortlist_.full()) shortlist_.measure_all();
  }

  /// Measures all pairs that were put off.
  void finish() { shortlist_.measure_all(); }

 private:
  void measure(const Block& block);
  void keep_by_fine(const Block& block) {
    neighbors::keep_by_fine(prepared_.mapped.fine, tile_, block, prepared_.kernel, reach_, memory_.taken, memory_.fine);
  }
  void add_by_whole(const Block& block);
  Index id(const Block& block, const TilePair& pair) const { return block.ids[static_cast<std::size_t>(pair.second)]; }

  const PreparedRows& prepared_;
  const QueryTile& tile_;
  Reaches& reach_;
  Sink& sink_;
  ScanMemory& memory_;
  const WholeFilter whole_;
  Shortlist<Sink> shortlist_;
};

template <class Sink>
void PairScan<Sink>::take(const Block& block, bool sharp) {
  auto& taken = memory_.taken;
  if (!sink_.admits_all()) {
    std::erase_if(taken, [&](const TilePair& pair) { return !sink_.admits(pair.first, id(block, pair)); });
  }
  if (prepared_.mapped.fine.cols() == 0) {
    measure(block);
  } else if (prepared_.mapped.bytes.empty()) {
    keep_by_fine(block);
    for (std::size_t i = 0; i < taken.size(); ++i) {
      shortlist_.add(taken[i].first, id(block, taken[i]), reach_.by_fine(taken[i].first, memory_.fine.squared[i]));
    }
  } else {
    if (!sharp) keep_by_fine(block);
    add_by_whole(block);
  }
  taken.clear();
}

/// Measures all pairs, prefetching each row before its turn.
template <class Sink>
void PairScan<Sink>::measure(const Block& block) {
  constexpr std::size_t kAhead = 4;
  const auto& taken = memory_.taken;
  for (std::size_t i = 0; i < taken.size(); ++i) {
    if (i + kAhead < taken.size()) shortlist_.fetch(id(block, taken[i + kAhead]));
    shortlist_.measure(taken[i].first, id(block, taken[i]));
  }
}

/// Puts on the shortlist the pairs that their whole rows in bytes do not rule out.
template <class Sink>
void PairScan<Sink>::add_by_whole(const Block& block) {
  const auto& taken = memory_.taken;
  whole_.judge(
      taken.size(), prepared_.kernel, memory_.whole, [&](std::size_t i) { return tile_.position(taken[i].first); },
      [&](std::size_t i) { return id(block, taken[i]); }, [&](std::size_t i) { return reach_.exact(taken[i].first); },
      [&](std::size_t i, const Bracket& distance) { shortlist_.add(taken[i].first, id(block, taken[i]), distance); });
}

}  // namespace maha::neighbors
