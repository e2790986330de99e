#include "neighbors/filters/fine_filter.hpp"

#include <doctest/doctest.h>

#include <set>

#include "unit/neighbors/filter_problem.hpp"

using namespace maha;
using namespace maha::neighbors;

TEST_CASE("the fine coordinates keep every row that counts, on every kernel that runs here") {
  for (const TileKernel* kernel : kernels_here()) {
    CAPTURE(kernel->name);
    check_drops_nothing({33, 60, 96, 130}, *kernel, [&](FilterProblem& problem, Tally& tally) {
      if (problem.prepared->mapped.fine.cols() == 0) return;  // fewer rows than axes
      FineMemory memory;
      for (const Block& block : problem.prepared->blocks.all()) {
        problem.reach().set_fine_error(block.fine_error);
        for (Index q = 0; q < problem.tile().size(); ++q) problem.reach().update_fine(q);
        std::vector<TilePair> kept = problem.pairs(block);
        keep_by_fine(problem.prepared->mapped.fine, problem.tile(), block, *kernel, problem.reach(), kept, memory);
        const std::set<TilePair> passed(kept.begin(), kept.end());
        for (const TilePair& pair : problem.pairs(block)) {
          tally.add(problem.counts(pair.first, problem.id(block, pair.second)), passed.contains(pair));
        }
      }
    });
  }
}
