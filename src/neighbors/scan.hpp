#pragma once
/// A tile of queries against all blocks: what the boxes cannot rule out goes through the tile kernel, what that lets
/// pass through the fine coordinates, what passes those is measured exactly and offered to the sink.
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
#include "neighbors/prepared.hpp"
#include "neighbors/query_tile.hpp"
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
      const double widest = widest_reach();
      if (widest < 0 || visit.bound > widest * widest * kSlack) break;
      const Block& block = prepared_.blocks.all()[static_cast<std::size_t>(visit.block)];
      choose_queries(block, visit.block);
      if (active_.empty()) continue;
      if (visited++ < kSeedBlocks && sink_.seeds() > 0) {
        scan_best_first(block);
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

  struct Reach {
    double limit = -kInfinity;  // of the sink, as last asked
    double exact = -1;          // no less than the scaled distance of any row that counts; -1: none counts
    float fine_squared = -1;    // the fine squared distance that such a row of the block can have
  };

  std::vector<Visit> visits() const;
  void update(Index q);
  /// Bounds |alpha^(q) - alpha^(x)| of rows that count, given the largest error of theirs.
  double coarse_reach(Index q, double error) const {
    const double exact = reach_[static_cast<std::size_t>(q)].exact;
    return exact < 0 ? -1 : (exact + tile_.mapped.coarse_error[tile_.position(q)] + error) * kSlack;
  }
  float fine_reach_squared(Index q, double error) const;
  double widest_reach() const {
    double widest = -1;
    for (Index q = 0; q < tile_.size(); ++q) widest = std::max(widest, coarse_reach(q, prepared_.coarse_error));
    return widest;
  }
  void choose_queries(const Block& block, Index number);
  float threshold(Index a, const Block& block) const;
  void scan(const Block& block);
  void scan_best_first(const Block& block);
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
  const double fine_rounding_;
  double fine_error_ = 0;  // of the block's rows
  std::vector<Reach> reach_;
  std::vector<Index> active_;         // queries that the block may hold something for
  std::vector<double> squared_norm_;  // of their float32 coordinates around the block's centre
  std::vector<float> local_;          // those coordinates
  std::vector<const float*> local_rows_;
  std::vector<float> thresholds_;
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
      fine_rounding_(1 + 2 * gamma32(fine_width_ + 4)),
      reach_(static_cast<std::size_t>(tile.size())),
      promising_(static_cast<std::size_t>(tile.size())) {}

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
void TileScan<Sink>::update(Index q) {
  Reach& r = reach_[static_cast<std::size_t>(q)];
  const double limit = sink_.limit(q);
  if (limit == r.limit) return;
  r.limit = limit;
  r.exact = limit < 0 ? -1 : reach(limit, prepared_.rotation.scale(), dims_);
  r.fine_squared = fine_reach_squared(q, fine_error_);
}

template <class Sink>
float TileScan<Sink>::fine_reach_squared(Index q, double error) const {
  if (fine_width_ == 0) return 0;
  const double exact = reach_[static_cast<std::size_t>(q)].exact;
  if (exact < 0) return -1;
  const double reach = (exact + tile_.mapped.fine_error[tile_.position(q)] + error) * kSlack;
  return round_up(std::min(reach * reach * kSlack * fine_rounding_ + kUnderflow32, 0x1p126));
}

template <class Sink>
void TileScan<Sink>::choose_queries(const Block& block, Index number) {
  active_.clear();
  squared_norm_.clear();
  fine_error_ = block.fine_error;
  local_.resize(static_cast<std::size_t>(tile_.size() * width_));
  float* local = local_.data();
  for (Index q = 0; q < tile_.size(); ++q) {
    const double* alpha = tile_.coarse(q);
    if (!sink_.admits_block(q, number)) continue;
    const double coarse = coarse_reach(q, block.coarse_error);
    if (coarse < 0 || block.box.squared_distance(alpha) > coarse * coarse * kSlack) continue;
    reach_[static_cast<std::size_t>(q)].fine_squared = fine_reach_squared(q, block.fine_error);
    squared_norm_.push_back(float_difference(alpha, block.centre.data(), width_, local));
    local += width_;
    active_.push_back(q);
  }
  const auto count = active_.size();
  local_rows_.resize(count);
  thresholds_.resize(count);
  for (std::size_t a = 0; a < count; ++a) {
    local_rows_[a] = local_.data() + static_cast<Index>(a) * width_;
    thresholds_[a] = threshold(static_cast<Index>(a), block);
  }
}

/// w and y, the float32 coordinates around the block's centre, are off by kUnit32 of their norms; the product and
/// |y|^2/2 by gamma32 of |w||y| + |y|^2/2.
template <class Sink>
float TileScan<Sink>::threshold(Index a, const Block& block) const {
  const double squared = squared_norm_[static_cast<std::size_t>(a)], norm = std::sqrt(squared);
  const double wide = coarse_reach(active_[static_cast<std::size_t>(a)], block.coarse_error) +
                      1.01 * kUnit32 * (norm + block.radius) + kUnderflow32;
  const double limit = wide * wide * kSlack;
  const double rounding =
      1.01 * gamma32(width_ + 4) * (norm + block.radius / 2) * block.radius + 1e-14 * (squared + limit) + kUnderflow32;
  const double lowest = -std::numeric_limits<float>::max();
  return round_down(std::max((squared - limit) / 2 - rounding, lowest));
}

template <class Sink>
void TileScan<Sink>::scan(const Block& block) {
  const auto rows = static_cast<Index>(block.ids.size());
  const TileBlock panels{block.panels, (rows + kPanelRows - 1) / kPanelRows, width_};
  const TileQueries queries{local_rows_.data(), thresholds_.data(), static_cast<Index>(active_.size())};
  hits_.resize(static_cast<std::size_t>(queries.count * panels.count * kPanelRows));
  const TileHit* end = tile_kernel().hits(panels, queries, hits_.data());
  for (const TileHit* hit = hits_.data(); hit != end; ++hit) taken_.emplace_back(active_[hit->query], hit->row);
  take(block);
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
    if (fine_squared_[i] <= reach_[static_cast<std::size_t>(q)].fine_squared) consider({q, id(row), fine_squared_[i]});
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
  fine_error_ = prepared_.fine_error;
  for (Index q = 0; q < tile_.size(); ++q) {
    reach_[static_cast<std::size_t>(q)].fine_squared = fine_reach_squared(q, fine_error_);
  }
  const auto possible = [&](const Candidate32& c) {
    return c.squared <= reach_[static_cast<std::size_t>(c.query)].fine_squared;
  };
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
  const TileBlock panels{block.panels, (rows + kPanelRows - 1) / kPanelRows, width_};
  const TileQueries queries{local_rows_.data(), thresholds_.data(), static_cast<Index>(active_.size())};
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
    const float still = threshold(a, block);
    const auto [least, last] = best_.back();
    for (Index r = 0; r < rows; ++r) {
      if (score[r] >= still && (score[r] < least || (score[r] == least && r > last))) taken_.emplace_back(q, r);
    }
    take(block);
  }
}

}  // namespace maha
