#include "experiment/final_fit.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "experiment/evaluate.hpp"
#include "experiment/runner.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::experiment;

namespace {

Experiment iris(const std::vector<std::string>& specs) {
  Experiment asked;
  DataSet& set = asked.datasets.emplace_back();
  set.name = "iris";
  set.file = MAHA_SOURCE_DIR "/datasets/iris.csv";
  for (const std::string& spec : specs) asked.algorithms.push_back({spec, spec});
  asked.protocol.folds = 2;
  return asked;
}

/// Results in which the algorithms had these errors in their only run of 100 rows; -1 if it failed.
Results with_errors(const Experiment& asked, const std::vector<Index>& errors) {
  Results results;
  results.experiment = asked;
  results.datasets = {{150, 4, 3, "", {{1, "", 50, 100}}}};
  for (std::size_t a = 0; a < errors.size(); ++a) {
    Cell& cell = results.cells.emplace_back();
    cell.algorithm = static_cast<Index>(a);
    cell.train_rows = 50;
    cell.test_rows = 100;
    if (errors[a] < 0) cell.failure = "no";
    cell.errors = std::max<Index>(errors[a], 0);
  }
  return results;
}

std::string refused_best(const Experiment& asked) {
  return test::refusal<UsageError>([&] { check_final(asked, algorithms_of(asked)); });
}

}  // namespace

TEST_CASE("the final fit is of the most accurate that learns, the first of equals") {
  const Experiment asked = iris({"euclidean", "cov", "pca:rank=2", "cov:within"});
  const std::vector<Algorithm> algorithms = algorithms_of(asked);
  const data::Table rows = data::read_table(asked.datasets[0].file, {}, {});
  const auto best = [&](const std::vector<Index>& errors) {
    const FinalFit done = fit_best(with_errors(asked, errors), algorithms, rows, Run());
    CHECK(done.rows == 150);
    return std::to_string(done.algorithm) + (done.beaten ? " beaten" : "");
  };
  CHECK(best({9, 9, 5, 7}) == "2");
  CHECK(best({9, 5, 5, 5}) == "1");
  CHECK(best({3, 5, 4, 9}) == "2 beaten");
  CHECK(best({4, 5, 4, 9}) == "2");
  CHECK(best({9, -1, -1, 90}) == "3 beaten");
  CHECK_THROWS_WITH_AS(best({9, -1, -1, -1}), "--best: no algorithm that learns something has a result", InputError);
}

TEST_CASE("the final fit chooses as a run that has all rows to train on") {
  const Experiment asked = iris({"lmnn:k=1|2|4,vote-k=1|9", "lmnn:k=4|2|1,vote-k=9|1"});
  const std::vector<Algorithm> algorithms = algorithms_of(asked);
  const data::Table rows = data::read_table(asked.datasets[0].file, {}, {});
  for (const std::size_t a : {0, 1}) {
    Index fewest = 1000;
    std::string expected;
    for (const Setup& setup : algorithms[a].setups()) {
      Experiment one = iris({"lmnn:" + setup.choice});
      one.protocol.folds = one.protocol.inner_folds;
      Index errors = 0;
      for (const Cell& cell : run_experiment(one, algorithms_of(one), {}, Threads(), {}).results.cells) {
        errors += cell.errors;
      }
      if (errors < fewest) expected = setup.choice;
      fewest = std::min(fewest, errors);
    }
    const FinalFit done = fit_best(with_errors(asked, {a == 0 ? 5 : 9, 7}), algorithms, rows, Run());
    CHECK(done.algorithm == static_cast<Index>(a));
    CHECK(done.setup.choice == expected);
    CHECK(done.lesson.map(rows.X, Threads()) == done.setup.variant->fit(rows, 1, Run()).map(rows.X, Threads()));
  }
}

TEST_CASE("a final fit that fails says of what, and one that is asked to stop does") {
  const Experiment asked = iris({"lmnn:k=2", "lmnn:k=60"});
  const std::vector<Algorithm> algorithms = algorithms_of(asked);
  const data::Table rows = data::read_table(asked.datasets[0].file, {}, {});
  CHECK_THROWS_WITH_AS(fit_best(with_errors(asked, {9, 5}), algorithms, rows, Run()),
                       doctest::Contains("--best: lmnn:k=60 fails on all rows: class "), InputError);
  const Run stopped{Threads(), [](const Progress&) { return false; }, [] { return true; }};
  CHECK_THROWS_AS(fit_best(with_errors(asked, {5, 9}), algorithms, rows, stopped), RunStopped);
}

TEST_CASE("a final fit wants one data set in one file, and something to learn") {
  Experiment asked = iris({"euclidean", "cov"});
  CHECK(refused_best(asked) == "");
  asked.algorithms.pop_back();
  CHECK(refused_best(asked) == "--best: euclidean learns nothing, so that there is no model");
  asked = iris({"cov"});
  asked.datasets.push_back(asked.datasets[0]);
  CHECK(refused_best(asked) == "--best: a model is of one data set, and there are 2");
  asked = iris({"cov"});
  asked.datasets[0].parts = {{"a", "b"}};
  CHECK(refused_best(asked) == "--best: the rows of 'iris' are not in one file");
}
