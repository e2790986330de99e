#pragma once
/// A tile of queries against all blocks: what the boxes cannot rule out goes through the tile kernel (in bytes where
/// they are sharp enough), what that lets pass through the fine coordinates, what passes those is measured exactly and
/// offered to the sink.
///
/// A sink says how far a query still looks and takes what is found:
///   double limit(Index q)               squared distance up to which rows count for query q of the tile; may shrink
///   bool admits(Index q, Index id)      whether this row counts at all
///   bool admits_block(Index q, Index b) false if no row of block b counts
///   void offer(Index q, Index id, double squared)
///   Index seeds()                       how many best rows of the first blocks bring a limit down from infinity; 0:
///   none

#include <algorithm>
#include <limits>
#include <span>
#include <vector>

#include "neighbors/distance.hpp"
#include "neighbors/float_queries.hpp"
#include "neighbors/prepared.hpp"
#include "neighbors/query_tile.hpp"
#include "neighbors/reaches.hpp"
#include "neighbors/selection.hpp"
#include "neighbors/tile_kernel.hpp"

namespace maha {

template <class Sink>
class TileScan {
 public:
  TileScan(const PreparedRows& prepared, const MatrixRef& reference, const QueryTile& tile, Sink& sink);

  void run() {
    for (Index q = 0; q < tile_.size(); ++q) update(q);
    Index visited = 0;
    for (const Visit& visit : visits()) {
      const double widest = reach_.widest();
      if (widest < 0 || visit.bound > widest * widest * kSlack) break;
      const Block& block = prepared_.blocks.all()[static_cast<std::size_t>(visit.block)];
      choose_queries(block, visit.block);
      if (active_.empty()) continue;
      if (visited++ < kSeedBlocks && sink_.seeds() > 0) {
        scan_best_first(block);
      } else if (bytes_suit(visit.block)) {
        scan_bytes(block, visit.block);
      } else {
        scan(block);
      }
      if (sink_.seeds() == 0 || pending_.size() > kMostPending) measure_pending();
    }
    measure_pending();
  }

 private:
  static constexpr Index kSeedBlocks = 1;
  static constexpr Index kSpareSeeds = 4;
  static constexpr double kMostRounding = 0.2;  // of bytes, beside a reach

  struct Visit {
    double bound, centre;  // squared distances of box and tile: nearest points, centres
    Index block;
    bool operator<(const Visit& o) const {
      return std::tie(bound, centre, block) < std::tie(o.bound, o.centre, o.block);
    }
  };
  struct Candidate32 {
    Index query, id;
    float squared;
  };
  static constexpr std::size_t kMostPending = 1 << 16;

  std::vector<Visit> visits() const;
  void update(Index q) { reach_.update(q, sink_.limit(q)); }
  void choose_queries(const Block& block, Index number);
  void centre_queries(const Block& block);
  bool bytes_suit(Index number) const;
  void scan_bytes(const Block& block, Index number);
  void scan(const Block& block);
  void scan_best_first(const Block& block);
  void take_hits(const Block& block, const TileHit* end) {
    for (const TileHit* hit = hits_.data(); hit != end; ++hit) taken_.emplace_back(active_[hit->query], hit->row);
    take(block);
  }
  void take(const Block& block);
  void measure(Index q, Index id) {
    sink_.offer(q, id, squared_distance(tile_.row(q), reference_.data() + id * reference_.outerStride(), dims_));
    update(q);
  }
  void consider(const Candidate32& candidate);
  void measure_pending();

  const PreparedRows& prepared_;
  const MatrixRef& reference_;
  const QueryTile& tile_;
  Sink& sink_;
  const Index dims_, width_, fine_width_;
  Reaches reach_;
  std::vector<Index> active_;  // queries that the block may hold something for
  FloatQueries float_queries_;
  std::vector<Folded> folded_;  // of all queries, if there are bytes
  ByteQueries byte_queries_;
  std::vector<TileHit> hits_;
  std::vector<std::pair<Index, Index>> taken_;  // query, row of the block: not ruled out by the coarse coordinates
  std::vector<const float*> fine_queries_, fine_rows_;
  std::vector<float> fine_squared_;
  std::vector<float> scores_;
  std::vector<std::pair<float, Index>> best_;
  std::vector<Candidate32> pending_;           // not ruled out, but not promising either
  std::vector<std::vector<float>> promising_;  // heaps: fine distances of the best that were measured
};

template <class Sink>
TileScan<Sink>::TileScan(const PreparedRows& prepared, const MatrixRef& reference, const QueryTile& tile, Sink& sink)
    : prepared_(prepared),
      reference_(reference),
      tile_(tile),
      sink_(sink),
      dims_(reference.cols()),
      width_(prepared.blocks.depth()),
      fine_width_(prepared.mapped.fine.cols()),
      reach_(prepared, tile, dims_),
      promising_(static_cast<std::size_t>(tile.size())) {
  if (!prepared.bytes) return;
  for (Index q = 0; q < tile.size(); ++q) folded_.push_back(fold(tile.fine(q), fine_width_));
}

template <class Sink>
auto TileScan<Sink>::visits() const -> std::vector<Visit> {
  const Box box(tile_.mapped.coarse, tile_.positions);
  const RowVector centre = (box.low + box.high) / 2;
  std::vector<Visit> all;
  for (const Block& block : prepared_.blocks.all()) {
    all.push_back(
        {box.squared_distance(block.box), (centre - block.centre).squaredNorm(), static_cast<Index>(all.size())});
  }
  std::sort(all.begin(), all.end());
  return all;
}

template <class Sink>
void TileScan<Sink>::choose_queries(const Block& block, Index number) {
  active_.clear();
  reach_.set_fine_error(block.fine_error);
  for (Index q = 0; q < tile_.size(); ++q) {
    if (!sink_.admits_block(q, number)) continue;
    const double coarse = reach_.coarse(q, block.coarse_error);
    if (coarse < 0 || block.box.squared_distance(tile_.coarse(q)) > coarse * coarse * kSlack) continue;
    reach_.update_fine(q);
    active_.push_back(q);
  }
}

template <class Sink>
void TileScan<Sink>::centre_queries(const Block& block) {
  float_queries_.clear();
  for (const Index q : active_) float_queries_.add(block, tile_.coarse(q), reach_.coarse(q, block.coarse_error));
}

/// Whether a step is small beside what the queries look for: else rounding to bytes would let too many pairs pass.
template <class Sink>
bool TileScan<Sink>::bytes_suit(Index number) const {
  if (!prepared_.bytes) return false;
  const ByteBlock& bytes = (*prepared_.bytes)[number];
  double sum = 0;
  for (const Index q : active_) sum += std::min(reach_.exact(q), 0x1p40);
  return 2 * bytes.error * bytes.step < kMostRounding * sum / static_cast<double>(active_.size());
}

template <class Sink>
void TileScan<Sink>::scan_bytes(const Block& block, Index number) {
  const ByteBlock& bytes = (*prepared_.bytes)[number];
  byte_queries_.clear();
  std::erase_if(active_, [&](Index q) {
    return !byte_queries_.add(bytes, folded_[static_cast<std::size_t>(q)], reach_.fine(q, block.fine_error));
  });
  const auto count = static_cast<Index>(active_.size());
  const ByteTile tile{bytes.panels, panels_of(block), byte_queries_.bytes.data(), byte_queries_.thresholds.data(),
                      count};
  hits_.resize(static_cast<std::size_t>(count * tile.panel_count * kPanelRows));
  take_hits(block, tile_kernel().byte_hits(tile, hits_.data()));
}

template <class Sink>
void TileScan<Sink>::scan(const Block& block) {
  centre_queries(block);
  const TileBlock panels{block.panels, panels_of(block), width_};
  const TileQueries queries = float_queries_.queries(block);
  hits_.resize(static_cast<std::size_t>(queries.count * panels.count * kPanelRows));
  take_hits(block, tile_kernel().hits(panels, queries, hits_.data()));
}

/// Of the pairs taken, keeps what the fine coordinates do not rule out.
template <class Sink>
void TileScan<Sink>::take(const Block& block) {
  const auto id = [&](Index row) { return block.ids[static_cast<std::size_t>(row)]; };
  std::erase_if(taken_, [&](const auto& pair) { return !sink_.admits(pair.first, id(pair.second)); });
  if (fine_width_ == 0) {
    for (const auto& [q, row] : taken_) measure(q, id(row));
    taken_.clear();
    return;
  }
  fine_queries_.clear();
  fine_rows_.clear();
  for (const auto& [q, row] : taken_) {
    fine_queries_.push_back(tile_.fine(q));
    fine_rows_.push_back(prepared_.mapped.fine.data() + (block.first + row) * fine_width_);
  }
  fine_squared_.resize(taken_.size());
  tile_kernel().distances({fine_queries_.data(), fine_rows_.data(), static_cast<Index>(taken_.size()), fine_width_},
                          fine_squared_.data());
  for (std::size_t i = 0; i < taken_.size(); ++i) {
    const auto& [q, row] = taken_[i];
    if (reach_.may_count(q, fine_squared_[i])) consider({q, id(row), fine_squared_[i]});
  }
  taken_.clear();
}

/// A row among the nearest so far by its fine distance may well bring the limit down, and is measured at once. The
/// others wait: most of them will be ruled out by then.
template <class Sink>
void TileScan<Sink>::consider(const Candidate32& candidate) {
  const auto most = static_cast<std::size_t>(std::max<Index>(0, sink_.seeds()));
  auto& best = promising_[static_cast<std::size_t>(candidate.query)];
  if (best.size() == most && (most == 0 || candidate.squared >= best.front())) {
    pending_.push_back(candidate);
    return;
  }
  if (best.size() == most) {
    std::pop_heap(best.begin(), best.end());
    best.pop_back();
  }
  best.push_back(candidate.squared);
  std::push_heap(best.begin(), best.end());
  measure(candidate.query, candidate.id);
}

template <class Sink>
void TileScan<Sink>::measure_pending() {
  constexpr std::size_t kAhead = 4;
  reach_.set_fine_error(prepared_.fine_error);
  for (Index q = 0; q < tile_.size(); ++q) reach_.update_fine(q);
  const auto possible = [&](const Candidate32& c) { return reach_.may_count(c.query, c.squared); };
  std::erase_if(pending_, [&](const Candidate32& c) { return !possible(c); });
  std::sort(pending_.begin(), pending_.end(), [](const Candidate32& a, const Candidate32& b) {
    return std::tie(a.query, a.squared, a.id) < std::tie(b.query, b.squared, b.id);
  });
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    if (i + kAhead < pending_.size()) {
      const double* next = reference_.data() + pending_[i + kAhead].id * reference_.outerStride();
      for (Index c = 0; c < std::min<Index>(dims_, 64); c += 8) __builtin_prefetch(next + c);
    }
    if (possible(pending_[i])) measure(pending_[i].query, pending_[i].id);
  }
  pending_.clear();
}

/// Before a query has a limit, the rows with the best scores are measured first; they give one that rules out most
/// of the others.
template <class Sink>
void TileScan<Sink>::scan_best_first(const Block& block) {
  const auto rows = static_cast<Index>(block.ids.size());
  centre_queries(block);
  const TileBlock panels{block.panels, panels_of(block), width_};
  const TileQueries queries = float_queries_.queries(block);
  const Index stride = panels.count * kPanelRows;
  scores_.resize(static_cast<std::size_t>(queries.count * stride));
  tile_kernel().scores(panels, queries, scores_.data());
  const Index wanted = std::min(rows, sink_.seeds() + kSpareSeeds);
  for (Index a = 0; a < queries.count; ++a) {
    const Index q = active_[static_cast<std::size_t>(a)];
    const float* score = scores_.data() + a * stride;
    best_scores(std::span(score, static_cast<std::size_t>(rows)), wanted, best_);
    for (const auto& [value, r] : best_) taken_.emplace_back(q, r);
    take(block);
    const float still = float_queries_.threshold(block, a, reach_.coarse(q, block.coarse_error));
    const auto [least, last] = best_.back();
    for (Index r = 0; r < rows; ++r) {
      if (score[r] >= still && (score[r] < least || (score[r] == least && r > last))) taken_.emplace_back(q, r);
    }
    take(block);
  }
}

}  // namespace maha
