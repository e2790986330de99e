#pragma once
/// What a stage of the search is held to: of the rows that count for a query it rules out none.

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "core/random.hpp"
#include "neighbors/distance.hpp"
#include "neighbors/filters/reaches.hpp"
#include "neighbors/index.hpp"
#include "neighbors/kernels/choice.hpp"
#include "neighbors/scan/prepared.hpp"
#include "unit/neighbors/hard_rows.hpp"

namespace maha {

/// Hard rows, made ready for the filters, a tile of queries, and for each of them a limit at which some row lies
/// exactly.
class FilterProblem {
 public:
  const Kind kind;
  const Matrix X, Q;
  const MatrixRef rows, queries;
  std::unique_ptr<const neighbors::PreparedRows> prepared;  ///< none if the filters are not for such rows
  neighbors::MappedRows mapped;

  FilterProblem(Kind of, Random& random, Index n, Index m, Index d, const neighbors::TileKernel& kernel)
      : kind(of), X(rows_of(random, kind, n, d)), Q(queries_for(random, kind, X, m)), rows(X), queries(Q) {
    neighbors::Rotation rotation(rows, X.cwiseAbs().maxCoeff(), kernel);
    if (!rotation.usable()) return;
    prepared = std::make_unique<const neighbors::PreparedRows>(rows, std::move(rotation), std::span<const int>(),
                                                               kernel, Threads());
    mapped = prepared->rotation.map(queries, Threads());
    for (Index q = 0; q < m; ++q) {
      if (mapped.norm[q] > neighbors::Rotation::kFarthest) continue;  // the engine compares those with every row
      near_.push_back(q);
      double limit = squared(q, random.below(n));
      for (Index more = random.below(20); more > 0; --more) limit = std::min(limit, squared(q, random.below(n)));
      limits_.push_back(limit);
    }
    tile_.emplace(neighbors::QueryTile{queries, mapped, near_});
    reach_.emplace(prepared->rotation, prepared->coarse_error, *tile_);
    for (Index q = 0; q < tile_->size(); ++q) reach_->update(q, limit(q));
  }

  const neighbors::QueryTile& tile() const { return *tile_; }
  neighbors::Reaches& reach() { return *reach_; }
  double limit(Index q) const { return limits_[static_cast<std::size_t>(q)]; }

  /// Whether row id counts for query q of the tile.
  bool counts(Index q, Index id) const { return squared(tile_->position(q), id) <= limit(q); }

  /// All queries of the tile with all rows of the block.
  std::vector<std::pair<Index, Index>> pairs(const neighbors::Block& block) const {
    std::vector<std::pair<Index, Index>> all;
    for (Index q = 0; q < tile_->size(); ++q) {
      for (Index row = 0; row < static_cast<Index>(block.ids.size()); ++row) all.emplace_back(q, row);
    }
    return all;
  }
  Index id(const neighbors::Block& block, Index row) const { return block.ids[static_cast<std::size_t>(row)]; }

  double squared(Index query, Index id) const {
    return neighbors::squared_distance(Q.data() + query * Q.cols(), X.data() + id * X.cols(), X.cols());
  }

 private:
  std::vector<Index> near_;
  std::vector<double> limits_;
  std::optional<neighbors::QueryTile> tile_;
  std::optional<neighbors::Reaches> reach_;
};

/// What became of rows that count.
struct Tally {
  Index counting = 0, lost = 0;
  Index pairs = 0, passed = 0;

  void add(bool counts, bool passes) {
    ++pairs;
    counting += counts ? 1 : 0;
    passed += passes ? 1 : 0;
    lost += counts && !passes ? 1 : 0;
  }
};

/// Runs stage(problem, tally) on problems of each kind and width, and holds it to having lost nothing, where there was
/// something to lose, and to having ruled out something.
template <class Stage>
void check_drops_nothing(std::initializer_list<Index> widths, const neighbors::TileKernel& kernel, const Stage& stage) {
  Tally all;
  for (const Index d : widths) {
    for (int kind = 0; kind < kKinds; ++kind) {
      for (const Index n : {5, 60, 300}) {
        CAPTURE(d);
        CAPTURE(kind);
        CAPTURE(n);
        Random random(static_cast<std::uint64_t>(1000 * d + kind));
        FilterProblem problem(static_cast<Kind>(kind), random, n, 40, d, kernel);
        if (!problem.prepared || problem.tile().size() == 0) continue;
        Tally tally;
        stage(problem, tally);
        CHECK(tally.lost == 0);
        all.counting += tally.counting;
        all.pairs += tally.pairs;
        all.passed += tally.passed;
      }
    }
  }
  CHECK(all.counting > 1000);
  CHECK(all.passed < all.pairs * 9 / 10);
}

}  // namespace maha
