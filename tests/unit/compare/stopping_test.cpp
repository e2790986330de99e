/// Every learner there is, asked to stop.

#include <doctest/doctest.h>

#include <sstream>

#include "cli/learner.hpp"
#include "core/random.hpp"

using namespace maha;

namespace {

std::vector<std::string> all_learners() {
  std::string text = cli::learner_names();
  for (char& c : text) {
    if (c == ',') c = ' ';
  }
  std::istringstream words(text);
  std::vector<std::string> names;
  for (std::string word; words >> word;) {
    if (word != "and") names.push_back(word);
  }
  return names;
}

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
  CHECK(all_learners().size() >= 7);
  for (const std::string& name : all_learners()) {
    for (const double size : {1.0, 1e9}) {
      for (const int patience : {0, 1, 2, 5, 20, 60}) {
        CAPTURE(name);
        CAPTURE(size);
        CAPTURE(patience);
        const std::unique_ptr<cli::Learner> learner = cli::make_learner(name);
        const Table table = overlapping(size);
        int asked = 0;
        const Run run{Threads(), [](const Report&) { return true; }, [&] { return ++asked > patience; }};
        const cli::Fitted fit = learner->fit(table, learner->wants_pairs() ? pairs_of(table) : Pairs(), run);
        CHECK(asked <= patience + kMore);
        CHECK(fit.map(table.X, Threads()).allFinite());
        if (patience > 0 || asked == 0) continue;
        REQUIRE(fit.report.find("converged") != nullptr);
        CHECK_FALSE(std::get<bool>(*fit.report.find("converged")));
      }
    }
  }
}
