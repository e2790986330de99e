/// Every learner there is, asked to stop.

#include <doctest/doctest.h>

#include "cli/fitted.hpp"
#include "core/random.hpp"
#include "learn/table.hpp"

using namespace maha;

namespace {

/// Two classes that overlap; `size` is what the first feature is multiplied by.
Table overlapping(double size) {
  Random random(41);
  Table table;
  table.X.resize(60, 3);
  for (double& x : table.X.reshaped()) x = random.uniform();
  for (int i = 0; i < 60; ++i) table.y.push_back(i % 2);
  for (Index i = 0; i < 60; i += 2) table.X(i, 1) += 0.3;
  table.X.col(0) *= size;
  table.classes = {"a", "b"};
  table.columns.features = {0, 1, 2};
  table.columns.label = 3;
  return table;
}

Pairs pairs_of(const Table& table) {
  Random random(42);
  Pairs pairs;
  for (int p = 0; p < 200; ++p) {
    const Index i = random.below(60), j = (i + 1 + random.below(59)) % 60;
    pairs.push_back({i, j, table.y[static_cast<std::size_t>(i)] == table.y[static_cast<std::size_t>(j)]});
  }
  return pairs;
}

}  // namespace

TEST_CASE("every learner ends where it is asked to stop, within its iterations too, with a metric and no more asking") {
  constexpr int kMore = 8;  // loops that each hear of it once
  CHECK(learner_names().size() >= 7);
  for (const std::string& name : learner_names()) {
    for (const double size : {1.0, 1e9}) {
      for (const int patience : {0, 1, 2, 5, 20, 60}) {
        CAPTURE(name);
        CAPTURE(size);
        CAPTURE(patience);
        const std::unique_ptr<Learner> learner = make_learner(name);
        const Table table = overlapping(size);
        int asked = 0;
        const Run run{Threads(), [](const Progress&) { return true; }, [&] { return ++asked > patience; }};
        const cli::Companions with{.pairs = learner->wants_pairs() ? pairs_of(table) : Pairs()};
        const cli::Fitted fitted = cli::fit_table(*learner, table, with, run);
        CHECK(asked <= patience + kMore);
        CHECK(fitted.map(table.X, Threads()).allFinite());
        if (patience > 0 || asked == 0) continue;
        REQUIRE(fitted.fit.converged.has_value());
        CHECK_FALSE(*fitted.fit.converged);
      }
    }
  }
}
