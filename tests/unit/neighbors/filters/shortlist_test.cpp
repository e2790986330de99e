#include "neighbors/filters/shortlist.hpp"

#include <doctest/doctest.h>

#include "neighbors/scan/selection.hpp"
#include "unit/neighbors/filter_problem.hpp"

using namespace maha;
using namespace maha::neighbors;

namespace {

/// The k nearest of each query of a tile, as engine's own sink keeps them.
struct Nearest {
  std::vector<KBest> best;
  Index k, measured = 0;

  Nearest(Index queries, Index wanted) : best(static_cast<std::size_t>(queries), KBest(wanted)), k(wanted) {}
  double limit(Index q) const { return best[static_cast<std::size_t>(q)].worst(); }
  void offer(Index q, Index id, double squared) {
    best[static_cast<std::size_t>(q)].offer({squared, id});
    ++measured;
  }
  Index seeds() const { return k; }
};

/// True, as wide as a row in bytes would have it or vaguer, and with the distance anywhere in it.
Bracket bracket_of(Random& random, double scaled) {
  const double error = scaled * std::pow(10.0, -3 * random.uniform()) + 0x1p-400;
  return {std::max(0.0, scaled + (2 * random.uniform() - 1) * error * 0.999), error};
}

}  // namespace

TEST_CASE("the shortlist gives up none of the k nearest, whatever is known of a distance before it is measured") {
  for (const Index k : {1, 3, 5}) {
    CAPTURE(k);
    check_drops_nothing({3, 40}, kernel_named(""), [&](FilterProblem& problem, Tally& tally) {
      Random random(static_cast<std::uint64_t>(problem.kind) + 1);
      const QueryTile& tile = problem.tile();
      const double scale = problem.prepared->rotation.scale();
      const Index n = problem.X.rows();
      Nearest sink(tile.size(), k);
      Reaches reach(problem.prepared->rotation, problem.prepared->coarse_error, tile);
      ShortlistMemory memory;
      Shortlist<Nearest> shortlist(scale, problem.rows, tile, reach, sink, memory);
      for (Index q = 0; q < tile.size(); ++q) {
        reach.update(q, sink.limit(q));
        for (Index id = 0; id < n; ++id) {
          const double scaled = ((problem.Q.row(tile.position(q)) - problem.X.row(id)) * scale).norm();
          shortlist.add(q, id, bracket_of(random, scaled));
        }
      }
      shortlist.measure_all();
      for (Index q = 0; q < tile.size(); ++q) {
        std::vector<Candidate> all;
        for (Index id = 0; id < n; ++id) all.emplace_back(problem.squared(tile.position(q), id), id);
        std::sort(all.begin(), all.end());
        std::vector<Index> index(static_cast<std::size_t>(k));
        std::vector<double> squared(static_cast<std::size_t>(k));
        sink.best[static_cast<std::size_t>(q)].drain(index.data(), squared.data());
        for (std::size_t j = 0; j < index.size(); ++j) {
          tally.add(true, squared[j] == all[j].first && index[j] == all[j].second);
        }
      }
      tally.pairs += 10 * tile.size() * n;
      tally.passed += sink.measured;
    });
  }
}
