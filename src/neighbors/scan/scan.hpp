#pragma once
/// A tile of queries against all blocks. Blocks that the boxes cannot rule out go through the tile kernel (in bytes if
/// these are sharp enough). Pairs that pass are judged one by one (pair_scan.hpp) before they are measured exactly and
/// offered to the sink.
///
/// A sink says how far a query still looks, and takes the results:
///   double limit(Index q)               squared distance up to which rows count for query q of the tile; may shrink
///   bool admits(Index q, Index id)      whether this row counts at all
///   bool admits_all()                   true if all rows count
///   bool admits_block(Index q, Index b) false if no row of block b counts
///   void offer(Index q, Index id, double squared)
///   Index seeds()                       how many best rows of the first blocks lower a limit from infinity; 0: none

#include <algorithm>
#include <cmath>
#include <vector>

#include "neighbors/filters/reaches.hpp"
#include "neighbors/kernels/tile_kernel.hpp"
#include "neighbors/rows/query_tile.hpp"
#include "neighbors/scan/pair_scan.hpp"
#include "neighbors/scan/prepared.hpp"
#include "neighbors/scan/scan_memory.hpp"
#include "neighbors/scan/selection.hpp"

namespace maha::neighbors {

template <class Sink>
class TileScan {
 public:
  TileScan(const PreparedRows& prepared, const MatrixRef& reference, const QueryTile& tile, Sink& sink,
           ScanMemory& memory);

  void run() {
    for (Index q = 0; q < tile_.size(); ++q) reach_.update(q, sink_.limit(q));
    Index visited = 0;
    for (const Visit& visit : visits()) {
      if (visit.gap > reach_.widest_gaps().maxCoeff()) break;
      const Block& block = prepared_.blocks.all()[static_cast<std::size_t>(visit.block)];
      choose_queries(block, visit.block);
      if (memory_.active.empty()) continue;
      if (visited++ < kSeedBlocks && sink_.seeds() > 0) {
        scan_best_first(block, visit.block);
      } else {
        scan(block, visit.block);
      }
      pairs_.relieve();
    }
    pairs_.finish();
  }

 private:
  static constexpr Index kSeedBlocks = 1;
  static constexpr Index kSpareSeeds = 1;
  static constexpr double kMostRounding = 0.2;  // of a reach: more rounding to bytes would let too many pairs pass

  struct Visit {
    float gap, centre;  // squared distances of box and tile: between nearest points, between centres
    Index block;
    auto operator<=>(const Visit&) const = default;
  };

  std::vector<Visit> visits() const;
  void choose_queries(const Block& block, Index number);
  void centre_queries(const Block& block);
  bool bytes_suit(Index number) const;
  void scan_bytes(const Block& block, Index number);
  void scan_floats(const Block& block);
  void scan(const Block& block, Index number) {
    if (bytes_suit(number)) {
      scan_bytes(block, number);
    } else {
      scan_floats(block);
    }
  }
  void scan_best_first(const Block& block, Index number);
  bool is_seed(Index q, Index row) const {
    return seed_rows_ > 0 && memory_.is_seed[static_cast<std::size_t>(q * seed_rows_ + row)];
  }
  void take_hits(const Block& block, const TileHit* end, bool sharp);

  const PreparedRows& prepared_;
  const QueryTile& tile_;
  Sink& sink_;
  ScanMemory& memory_;
  const Index width_;
  Reaches reach_;
  PairScan<Sink> pairs_;
  Boxes points_;         // the queries' coarse coordinates
  Index seed_rows_ = 0;  // rows of the block whose seeds were taken
};

template <class Sink>
TileScan<Sink>::TileScan(const PreparedRows& prepared, const MatrixRef& reference, const QueryTile& tile, Sink& sink,
                         ScanMemory& memory)
    : prepared_(prepared),
      tile_(tile),
      sink_(sink),
      memory_(memory),
      width_(prepared.blocks.depth()),
      reach_(prepared.rotation, prepared.coarse_error, tile),
      pairs_(prepared, reference, tile, reach_, sink, memory),
      points_(tile.size(), width_) {
  for (Index q = 0; q < tile.size(); ++q) points_.set_point(q, tile.coarse(q));
  memory.folded.clear();
  if (!prepared.bytes) return;
  for (Index q = 0; q < tile.size(); ++q) memory.folded.push_back(fold(tile.fine(q), tile.mapped.fine.cols()));
}

template <class Sink>
auto TileScan<Sink>::visits() const -> std::vector<Visit> {
  const Boxes& boxes = prepared_.blocks.boxes();
  Boxes around(1, width_);
  points_.bound(around);
  memory_.gaps.resize(static_cast<std::size_t>(boxes.padded()));
  memory_.centres.resize(memory_.gaps.size());
  boxes.gaps_and_centres(around, 0, memory_.gaps.data(), memory_.centres.data());
  std::vector<Visit> all;
  for (Index b = 0; b < boxes.count(); ++b) {
    all.push_back({memory_.gaps[static_cast<std::size_t>(b)], memory_.centres[static_cast<std::size_t>(b)], b});
  }
  std::sort(all.begin(), all.end());
  return all;
}

template <class Sink>
void TileScan<Sink>::choose_queries(const Block& block, Index number) {
  memory_.active.clear();
  reach_.set_fine_error(block.fine_error);
  memory_.gaps.resize(static_cast<std::size_t>(points_.padded()));
  points_.gaps(prepared_.blocks.boxes(), number, memory_.gaps.data());
  for (Index q = 0; q < tile_.size(); ++q) {
    if (memory_.gaps[static_cast<std::size_t>(q)] > reach_.widest_gaps()[q] || !sink_.admits_block(q, number)) continue;
    reach_.update_fine(q);
    memory_.active.push_back(q);
  }
}

template <class Sink>
void TileScan<Sink>::centre_queries(const Block& block) {
  memory_.float_queries.clear();
  for (const Index q : memory_.active) {
    memory_.float_queries.add(block, tile_.coarse(q), reach_.coarse(q, block.coarse_error));
  }
}

/// Whether a step is small compared with the reaches; otherwise rounding to bytes would let too many pairs pass.
template <class Sink>
bool TileScan<Sink>::bytes_suit(Index number) const {
  if (!prepared_.bytes) return false;
  const ByteBlock& bytes = (*prepared_.bytes)[number];
  double sum = 0;
  for (const Index q : memory_.active) sum += std::min(reach_.exact(q), 0x1p40);
  return 2 * bytes.error * bytes.step < kMostRounding * sum / static_cast<double>(memory_.active.size());
}

template <class Sink>
void TileScan<Sink>::scan_bytes(const Block& block, Index number) {
  const ByteBlock& bytes = (*prepared_.bytes)[number];
  ByteQueries& queries = memory_.byte_queries;
  queries.clear();
  std::erase_if(memory_.active, [&](Index q) {
    return !queries.add(bytes, memory_.folded[static_cast<std::size_t>(q)], reach_.fine(q, block.fine_error));
  });
  const auto count = static_cast<Index>(memory_.active.size());
  const ByteTile tile{bytes.panels, panels_of(block), queries.bytes.data(), queries.thresholds.data(), count};
  memory_.hits.resize(static_cast<std::size_t>(count * tile.panel_count * kPanelRows));
  take_hits(block, prepared_.kernel.byte_hits(tile, memory_.hits.data()), true);
}

template <class Sink>
void TileScan<Sink>::scan_floats(const Block& block) {
  centre_queries(block);
  const TileBlock panels{block.panels, panels_of(block), width_};
  const TileQueries queries = memory_.float_queries.queries(block);
  memory_.hits.resize(static_cast<std::size_t>(queries.count * panels.count * kPanelRows));
  take_hits(block, prepared_.kernel.hits(panels, queries, memory_.hits.data()), false);
}

template <class Sink>
void TileScan<Sink>::take_hits(const Block& block, const TileHit* end, bool sharp) {
  for (const TileHit* hit = memory_.hits.data(); hit != end; ++hit) {
    const Index q = memory_.active[hit->query];
    if (!is_seed(q, hit->row)) memory_.taken.emplace_back(q, hit->row);
  }
  pairs_.take(block, sharp);
}

/// Before a query has a limit, takes the rows with the best scores; they give a limit that rules out most of the
/// others.
template <class Sink>
void TileScan<Sink>::scan_best_first(const Block& block, Index number) {
  const auto rows = static_cast<Index>(block.ids.size());
  centre_queries(block);
  const TileBlock panels{block.panels, panels_of(block), width_};
  const TileQueries queries = memory_.float_queries.queries(block);
  const Index stride = panels.count * kPanelRows, wanted = std::min(rows, sink_.seeds() + kSpareSeeds);
  memory_.scores.resize(static_cast<std::size_t>(queries.count * stride));
  prepared_.kernel.scores(panels, queries, memory_.scores.data());
  seed_rows_ = rows;
  memory_.is_seed.assign(static_cast<std::size_t>(tile_.size() * rows), false);
  for (Index a = 0; a < queries.count; ++a) {
    const Index q = memory_.active[static_cast<std::size_t>(a)];
    const float* score = memory_.scores.data() + a * stride;
    const float enough = score_of_best(score, rows, wanted, memory_.most);
    for (Index row = 0; row < rows; ++row) {
      if (score[row] < enough) continue;
      memory_.taken.emplace_back(q, row);
      memory_.is_seed[static_cast<std::size_t>(q * rows + row)] = true;
    }
  }
  pairs_.take(block, false);
  scan(block, number);
  seed_rows_ = 0;
}

}  // namespace maha::neighbors
