#include "experiment/results/results_read.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "experiment/experiment_json.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::experiment;
using OrderedJson = nlohmann::ordered_json;

namespace {

/// Two data sets of two and one runs, two algorithms, one of which fails once.
Results read_and_written() {
  Results results;
  results.experiment = parse_experiment(
      R"({"datasets": [{"file": "iris.csv"}, {"file": "wine.csv"}], "algorithms": ["cov", {"name": "a_b", "spec": "lmnn:k=1|3"}]})");
  results.datasets = {{10, 2, 3, "00ff", {{1, "1", 8, 2}, {1, "b", 7, 3}}}, {20, 4, 2, "ff00", {{2, "", 15, 5}}}};
  results.cells = {
      {0, 0, 0, 8, 2, 1, "", {}, {}, "", 0, 0},      {0, 0, 1, 7, 3, 0, "", {}, {"a \"warning\""}, "", 0, 0},
      {0, 1, 0, 8, 2, 2, "k=3", true, {}, "", 0, 0}, {0, 1, 1, 0, 0, 0, "", {}, {}, "it failed", 0, 0},
      {1, 0, 0, 15, 5, 4, "", {}, {}, "", 0, 0},     {1, 1, 0, 15, 5, 3, "k=1", false, {}, "", 0, 0}};
  return results;
}

std::string refused_results(const std::string& text) {
  return test::refusal<InputError>([&] { parse_results(text); });
}

}  // namespace

TEST_CASE("results: what is written reads back, and is written again in every format as it was") {
  const Results results = read_and_written(), back = parse_results(results_json(results));
  for (const auto format : {results_json, results_text, results_markdown, results_csv, results_tex}) {
    CHECK(format(back) == format(results));
  }
}

TEST_CASE("results: cells in another order, and keys that are not known, change nothing") {
  const std::string text = results_json(read_and_written());
  OrderedJson json = OrderedJson::parse(text);
  std::swap(json["cells"][0], json["cells"][2]);
  std::swap(json["cells"][4], json["cells"][5]);
  json["cells"][1]["speed"] = 3;
  json["critical_difference"] = 0.5;
  json["datasets"][0]["colour"] = "red";
  CHECK(results_json(parse_results(json.dump())) == text);
}

TEST_CASE("results: what is wrong is told with the entry") {
  const std::string text = results_json(read_and_written());
  const auto changed = [&](const char* pointer, const OrderedJson& value) {
    OrderedJson json = OrderedJson::parse(text);
    json[OrderedJson::json_pointer(pointer)] = value;
    return refused_results(json.dump());
  };
  const auto without = [&](const char* list, std::size_t i) {
    OrderedJson json = OrderedJson::parse(text);
    json[list].erase(i);
    return refused_results(json.dump());
  };
  CHECK(refused_results(text) == "");
  CHECK(refused_results("{]").starts_with("not JSON: at line 1"));
  CHECK(refused_results(R"({"datasets": [], "algorithms": []})").starts_with("format is not maha-results, which"));
  CHECK(changed("/version", 2) == "format is not maha-results, version 1");
  CHECK(changed("/experiment", nullptr) == "the comparison has no experiment");
  CHECK(changed("/experiment/protocol/folds", 1) == "protocol.folds: 1 must be at least 2");
  CHECK(changed("/experiment/algorithms/1/name", "cov").starts_with("two algorithms are called 'cov'"));
  CHECK(changed("/datasets/1/name", "sonar") == "datasets[2].name is 'sonar', and 'wine' in experiment");
  CHECK(changed("/datasets/1/rows", -1) == "datasets[2].rows is -1, and not from 0 on");
  CHECK(without("datasets", 0) == "the comparison.datasets are 1, and 2 in experiment");
  CHECK(changed("/cells", 3) == "the comparison has no list of cells");
  CHECK(changed("/cells/0", 3) == "cells[1] is no object");
  CHECK(changed("/cells/0/dataset", "sonar") == "cells[1].dataset: 'sonar' is not in the experiment");
  CHECK(changed("/cells/0/algorithm", "pca") == "cells[1].algorithm: 'pca' is not in the experiment");
  CHECK(changed("/cells/0/repeat", 0) == "cells[1].repeat is 0, and not from 1 on");
  CHECK(changed("/cells/0/errors", 3) == "cells[1].errors is 3, and not from 0 to 2");
  CHECK(changed("/cells/0/errors", nullptr) == "cells[1] has no errors");
  CHECK(changed("/cells/0/errors", 2) == "cells[1].accuracy is 0.5, and 0.0 by errors and test_rows");
  CHECK(changed("/cells/0/test_rows", 0) == "cells[1].test_rows is 0, and not from 1 on");
  CHECK(changed("/cells/2/test_rows", 3) == "cells[3].test_rows is 3, and not 2");
  CHECK(changed("/cells/2/train_rows", 9) == "cells[3].train_rows is 9, and not 8");
  CHECK(changed("/cells/3/fold", "1") == "cells[4] is of a run that an entry before is of");
  CHECK(without("cells", 2) == "cells: none is of 'iris', 'a_b', repeat 1, fold '1'");
  CHECK(without("cells", 5) == "cells: none is of 'wine', 'a_b', repeat 2");
  OrderedJson none = OrderedJson::parse(text);
  none["cells"].erase(5);
  none["cells"].erase(4);
  CHECK(refused_results(none.dump()) == "cells: none is of 'wine'");
}
