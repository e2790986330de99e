#pragma once
/// What an index holds, and how queries are cut into tiles.
///
/// Where things are: a tile of queries goes through scan/scan.hpp, its pairs through scan/pair_scan.hpp. They pass the
/// stages in filters/ (one file each), which compare coordinates from rows/ with one of the kernels/. A table of the
/// stages with what each rules out, and a glossary (limit, reach, cap, sharp, seed, ...), are in docs/neighbors.md.

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "neighbors/index.hpp"
#include "neighbors/scan/memory_pool.hpp"
#include "neighbors/scan/prepared.hpp"
#include "neighbors/scan/scan.hpp"
#include "neighbors/shared_queries.hpp"

namespace maha::neighbors {

/// The reference rows, prepared for the filters once enough queries have been seen to make that worthwhile.
class NeighborIndex::Engine {
 public:
  Engine(SharedRows reference, const Threads& threads, const TileKernel& kernel);

  const SharedRows& reference() const { return reference_; }
  const TileKernel& kernel() const { return kernel_; }

  /// The prepared rows, or nullptr if comparing every pair is quicker for so few queries or is the only way (numbers
  /// too large to be squared, no memory for what the filters keep). Labels, if any, mean that searches will be for rows
  /// of other classes.
  const PreparedRows* prepared_for(Index queries, std::span<const int> labels, const Threads& threads) const;

 private:
  SharedRows reference_;
  double largest_;  // absolute coordinate
  const TileKernel& kernel_;
  mutable std::mutex mutex_;
  mutable Index queries_seen_ = 0;
  mutable bool tried_ = false;
  mutable std::unique_ptr<const PreparedRows> prepared_;
};

/// The largest absolute coordinate; throws InputError, naming `what`, unless all are finite.
double largest_coordinate(const MatrixRef& rows, const char* what, const Threads& threads);

/// The queries of a search: separate rows, or the reference rows, each against the others.
struct Queries {
  const SharedRows& reference;
  const PreparedRows* prepared;  ///< or nullptr: compare every pair
  const TileKernel& kernel;      ///< for another index, if one is needed
  const MatrixRef& rows;
  bool leave_one_out;
  const Ranks* ranks = &alone();  ///< that share the queries of each search

  /// No row is its own neighbour.
  bool same_row(Index query, Index id) const { return leave_one_out && query == id; }

  const double* query(Index q) const { return rows.data() + q * rows.outerStride(); }
  const double* row(Index id) const { return reference.data() + id * reference.cols(); }

  /// Runs with_tile(tile, first, scan) for all queries [begin, end), or of several ranks for those that are this one's,
  /// cut into tiles of queries that are close together. Query i of the tile has the number first + tile.position(i);
  /// scan(sink) offers it the reference rows.
  template <class WithTile>
  void for_tiles(Index begin, Index end, const Threads& threads, WithTile&& with_tile) const;
};

namespace detail {

inline constexpr Index kPlainTile = 64;
inline constexpr Index kPlainBytes = 1 << 18;  // of reference rows, so that they stay in cache for a whole tile

/// Compares every query of the tile with every reference row.
template <class Sink>
void scan_plainly(const SharedRows& reference, const QueryTile& tile, Sink& sink) {
  const Index n = reference.rows(), d = reference.cols();
  const Index step =
      std::max<Index>(1, detail::kPlainBytes / static_cast<Index>(sizeof(double)) / std::max<Index>(1, d));
  for (Index first = 0; first < n; first += step) {
    for (Index q = 0; q < tile.size(); ++q) {
      for (Index id = first; id < std::min(n, first + step); ++id) {
        if (sink.admits(q, id)) sink.offer(q, id, squared_distance(tile.row(q), reference.data() + id * d, d));
      }
    }
  }
}

/// Queries in a tile: few in few dimensions, where a tile should be small in space, and few enough for all threads to
/// have tiles.
inline Index tile_rows(Index width, Index queries) {
  return std::clamp<Index>((queries / 16 + 7) / 8 * 8, 32, width <= 20 ? 32 : 192);
}

}  // namespace detail

template <class WithTile>
void Queries::for_tiles(Index begin, Index end, const Threads& threads, WithTile&& with_tile) const {
  const Index count = end - begin;
  const Index first = leave_one_out ? 0 : begin;  // number of the row that position 0 stands for
  const MatrixRef some = leave_one_out ? rows : MatrixRef(rows.middleRows(begin, count));
  MappedRows own;
  if (prepared && !leave_one_out) own = prepared->rotation.map(some, threads);
  const MappedRows& mapped = prepared && leave_one_out ? prepared->mapped : own;

  std::vector<Index> near, far;  // queries that the filters can judge, and queries that are too far out for them
  const auto is_near = [&](Index position) { return prepared && mapped.norm[position] <= Rotation::kFarthest; };
  for (Index position = begin - first; position < end - first; ++position) {
    (is_near(position) ? near : far).push_back(position);
  }
  const Index tile = prepared ? detail::tile_rows(prepared->blocks.depth(), count) : 1;
  if (prepared) order_by_kd_split(mapped.coarse.view(), near, tile);
  if (!ranks->is_alone()) {
    near.insert(near.end(), far.begin(), far.end());
    keep_share(near, tile, *ranks);
    const auto beyond = std::stable_partition(near.begin(), near.end(), is_near);
    far.assign(beyond, near.end());
    near.erase(beyond, near.end());
  }
  MemoryPool<ScanMemory> memories;
  const auto near_size = static_cast<Index>(near.size()), far_size = static_cast<Index>(far.size());
  const Index near_tiles = (near_size + tile - 1) / tile;
  const Index far_tiles = (far_size + detail::kPlainTile - 1) / detail::kPlainTile;
  threads.for_tiles(near_tiles + far_tiles, [&](Index t) {
    const bool plain = t >= near_tiles;
    const Index size = plain ? detail::kPlainTile : tile, from = plain ? (t - near_tiles) * size : t * size;
    const std::span<const Index> all = plain ? std::span<const Index>(far) : std::span<const Index>(near);
    const auto positions = all.subspan(static_cast<std::size_t>(from),
                                       static_cast<std::size_t>(std::min(size, static_cast<Index>(all.size()) - from)));
    const QueryTile queries{some, mapped, positions};
    with_tile(queries, first, [&](auto& sink) {
      if (plain) {
        detail::scan_plainly(reference, queries, sink);
      } else {
        const auto memory = memories.lend();
        TileScan(*prepared, reference, queries, sink, *memory).run();
      }
    });
  });
}

/// Searches again, with squares of any size, for queries whose neighbours are in doubt because squares were out of
/// range.
void mend_nearest(const Queries& queries, NeighborLists& lists, const Threads& threads);

/// Corrects the distances and the order of the results of a range search.
void mend_within(const Queries& queries, RangeLists& lists);

NeighborLists search_nearest(const Queries& queries, Index k, const Threads& threads);

void search_within(const Queries& queries, std::span<const double> squared_radius, const RangeVisitor& visit,
                   const UnlikeOnly& unlike, const Threads& threads);

}  // namespace maha::neighbors
