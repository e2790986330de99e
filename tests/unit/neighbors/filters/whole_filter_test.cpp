#include "neighbors/filters/whole_filter.hpp"

#include <doctest/doctest.h>

#include "unit/neighbors/filter_problem.hpp"

using namespace maha;
using namespace maha::neighbors;

namespace {

/// The distance of two rows in scaled coordinates, and how far off it can be.
Bracket scaled(const FilterProblem& problem, Index query, Index id) {
  const double squared = problem.squared(query, id), scale = problem.prepared->rotation.scale();
  const double farthest = reach(squared, scale, problem.X.cols());
  return {scale * std::sqrt(squared), farthest - scale * std::sqrt(squared) + 1e-12 * farthest};
}

}  // namespace

TEST_CASE("whole rows in bytes keep every row that counts, within the bracket that they give") {
  for (const TileKernel* kernel : kernels_here()) {
    CAPTURE(kernel->name);
    int outside = 0;
    check_drops_nothing({97, 130, 200}, *kernel, [&](FilterProblem& problem, Tally& tally) {
      if (problem.mapped.bytes.empty()) return;  // fewer rows than axes
      const auto n = problem.X.rows();
      const auto query = [&](std::size_t i) { return problem.tile().position(static_cast<Index>(i) / n); };
      const auto row = [&](std::size_t i) { return static_cast<Index>(i) % n; };
      const auto count = static_cast<std::size_t>(problem.tile().size() * n);
      std::vector<char> passed(count, 0);
      WholeMemory memory;
      WholeFilter(problem.mapped.bytes, problem.prepared->mapped.bytes)
          .judge(
              count, *kernel, memory, query, row,
              [&](std::size_t i) { return problem.reach().exact(static_cast<Index>(i) / n); },
              [&](std::size_t i, const Bracket& found) {
                passed[i] = 1;
                const Bracket exact = scaled(problem, query(i), row(i));
                if (std::abs(found.about - exact.about) > found.error + exact.error) ++outside;
              });
      for (std::size_t i = 0; i < count; ++i) {
        tally.add(problem.counts(static_cast<Index>(i) / n, row(i)), passed[i] != 0);
      }
    });
    CHECK(outside == 0);
  }
}
