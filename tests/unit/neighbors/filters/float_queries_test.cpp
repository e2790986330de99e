#include "neighbors/filters/float_queries.hpp"

#include <doctest/doctest.h>

#include "unit/neighbors/filter_problem.hpp"

using namespace maha;
using namespace maha::neighbors;

TEST_CASE("the tile kernel in float32 hits every row that counts, on every kernel that runs here") {
  for (const TileKernel* kernel : kernels_here()) {
    CAPTURE(kernel->name);
    check_drops_nothing({1, 3, 16, 33, 100}, *kernel, [&](FilterProblem& problem, Tally& tally) {
      const QueryTile& tile = problem.tile();
      FloatQueries floats;
      for (const Block& block : problem.prepared->blocks.all()) {
        floats.clear();
        for (Index q = 0; q < tile.size(); ++q) {
          floats.add(block, tile.coarse(q), problem.reach().coarse(q, block.coarse_error));
        }
        const TileBlock panels{block.panels, panels_of(block), problem.prepared->blocks.depth()};
        const TileQueries queries = floats.queries(block);
        const Index stride = panels.count * kPanelRows;
        std::vector<TileHit> hits(static_cast<std::size_t>(queries.count * stride));
        std::vector<char> hit(hits.size(), 0);
        const TileHit* const end = kernel->hits(panels, queries, hits.data());
        for (const TileHit* h = hits.data(); h != end; ++h)
          hit[static_cast<std::size_t>(h->query * stride + h->row)] = 1;
        for (const auto& [q, row] : problem.pairs(block)) {
          tally.add(problem.counts(q, problem.id(block, row)), hit[static_cast<std::size_t>(q * stride + row)] != 0);
        }
      }
    });
  }
}
