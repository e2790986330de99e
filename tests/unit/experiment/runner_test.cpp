#include "experiment/runner.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "experiment/evaluate.hpp"

using namespace maha;
using namespace maha::experiment;

namespace {

Experiment two_sets() {
  Experiment asked;
  for (const std::string name : {"iris", "wine"}) {
    DataSet& set = asked.datasets.emplace_back();
    set.name = name;
    set.file = MAHA_SOURCE_DIR "/datasets/" + name + ".csv";
  }
  for (const std::string spec : {"euclidean", "cov:ridge=0|1", "lmnn:k=1|60", "mmc:count=30|60"}) {
    asked.algorithms.push_back({spec, spec});
  }
  asked.protocol.folds = 3;
  asked.protocol.inner_folds = 2;
  asked.protocol.preprocessing.scale = prepare::Scale::zscore;
  return asked;
}

Results run(const Experiment& asked, int threads, const Reporter& reporter = {}) {
  return run_experiment(asked, algorithms_of(asked), {}, Threads(threads), reporter).results;
}

}  // namespace

TEST_CASE("an experiment has the same results on any number of threads, and needs nobody to tell of them") {
  Experiment asked = two_sets();
  asked.protocol.folds = 2;
  const std::string alone = results_json(run(asked, 1));
  CHECK(results_json(run(asked, 3)) == alone);
  CHECK(results_json(run(asked, 100)) == alone);  // more than cells: they work inside of each
}

TEST_CASE("an algorithm of which every choice fails, fails; of which one does not, that is chosen") {
  Experiment asked = two_sets();
  asked.datasets.resize(1);
  asked.algorithms = {{"none", "lmnn:k=60|70"}, {"one", "lmnn:k=60|1|70"}, {"same", "lmnn:max-iterations=0|0"}};
  for (const Cell& cell : run(asked, 2).cells) {
    CAPTURE(cell.algorithm);
    if (cell.algorithm == 0) {
      CHECK(cell.failure.starts_with("every choice fails: "));
      CHECK(cell.failure.find("70") != std::string::npos);  // the last one's reason
      continue;
    }
    CHECK(cell.failure == "");
    CHECK(cell.chosen == (cell.algorithm == 1 ? "k=1" : "max-iterations=0"));
    const auto told = [&](const std::string& choice) {
      return std::any_of(cell.warnings.begin(), cell.warnings.end(), [&](const std::string& warning) {
        return warning.starts_with(choice + " cannot be chosen: class ");
      });
    };
    CHECK(told("k=60") == (cell.algorithm == 1));
    CHECK(told("k=70") == (cell.algorithm == 1));
  }
}

TEST_CASE("the number of voters is chosen in the inner folds as another run with that number would have it") {
  Experiment asked = two_sets();
  asked.algorithms = {{"euclidean", "euclidean"}, {"grid", "lmnn:k=1|2"}};
  asked.protocol.ks = {1, 3, 9, 1000};  // the last is more than there are rows, and is not chosen
  const Results chosen = run(asked, 2);
  CHECK(results_json(run(asked, 1)) == results_json(chosen));
  std::set<std::string> choices;  // of the Euclidean distance
  for (const Cell& cell : chosen.cells) {
    CHECK(cell.failure == "");
    CHECK(cell.warnings.back() ==
          (cell.algorithm == 0 ? "vote-k=1000" : "k=1,vote-k=1000 and 1 more") +
              std::string(" cannot be chosen: there are fewer rows to train on in the inner folds"));
    if (cell.algorithm == 0) choices.insert(cell.chosen);
    const std::string k = cell.chosen.substr(cell.chosen.rfind('=') + 1);
    REQUIRE(cell.chosen.ends_with("vote-k=" + k));
    Experiment one = asked;
    one.protocol.ks = {std::stol(k)};
    if (cell.algorithm == 1) one.algorithms[1].spec = "lmnn:" + cell.chosen.substr(0, cell.chosen.find(','));
    const Results fixed = run(one, 2);
    const auto at = static_cast<std::size_t>(&cell - chosen.cells.data());
    CHECK(fixed.cells[at].errors == cell.errors);
  }
  CHECK(choices.size() > 1);
  asked.protocol.ks = {1000, 2000};
  CHECK(run(asked, 2).cells[0].failure == "every choice fails: k = 2000 is more than the number of rows, 50");
}

TEST_CASE("an experiment tells of every cell, all those of one run before those of the next") {
  const Experiment asked = two_sets();
  std::vector<std::string> read, done;
  Reporter reporter;
  reporter.was_read = [&](const data::Table& table) { read.push_back(table.name); };
  reporter.done = [&](const CellDone& cell) {
    CHECK(cell.to_do == 24);
    CHECK(cell.done == done.size() + 1);
    done.push_back(cell.dataset.name + " " + cell.algorithm.name);
  };
  const Results results = run(asked, 1, reporter);
  CHECK(read.size() == 2);
  REQUIRE(done.size() == 24);
  for (std::size_t i = 0; i < done.size(); ++i) {
    CHECK(done[i] == asked.datasets[i / 12].name + " " + asked.algorithms[i % 4].name);
  }
  CHECK(results.cells.size() == 24);
}

TEST_CASE("an experiment that is asked to stop does, and has no results") {
  int done = 0;
  Reporter reporter;
  reporter.done = [&](const CellDone&) { ++done; };
  reporter.stop_asked = [&] { return done >= 5; };
  CHECK_THROWS_AS(run(two_sets(), 1, reporter), RunStopped);
  CHECK(done == 5);
}
