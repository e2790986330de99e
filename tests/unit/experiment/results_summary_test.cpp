#include "experiment/results/results_summary.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "unit/data/csv_files.hpp"

using namespace maha;
using namespace maha::experiment;
using maha::test::TempFile;
using Json = nlohmann::json;

namespace {

Json results() {
  return Json::parse(R"({"format":"maha-results","version":1,"experiment":{},"algorithms":["a","b:k=3"],
    "datasets":[{"name":"iris","rows":150},{"name":"wine","rows":178}],
    "summary":[{"dataset":"iris","algorithm":"a","runs":3,"failed":0,"accuracy":0.9,"sd":0.02,"rank":1},
               {"dataset":"wine","algorithm":"b:k=3","runs":1,"failed":0,"accuracy":0.8,"sd":null,"rank":1},
               {"dataset":"wine","algorithm":"a","runs":3,"failed":3,"accuracy":null,"sd":null,"rank":2}],
    "ranks":[{"algorithm":"b:k=3","rank":1.5}]})");
}

std::string refused_file(const std::string& content) {
  const TempFile file(content);
  try {
    read_results_summary(file.path());
  } catch (const InputError& e) {
    return std::string(e.what()).substr(file.path().size());
  }
  return "";
}

}  // namespace

TEST_CASE("comparison results: cells with an accuracy, by the places of their names; ranks where there are any") {
  const TempFile file(results().dump());
  const ResultsSummary read = read_results_summary(file.path());
  CHECK(read.datasets == std::vector<std::string>{"iris", "wine"});
  CHECK(read.algorithms == std::vector<std::string>{"a", "b:k=3"});
  REQUIRE(read.entries.size() == 2);
  CHECK(read.entries[0].mean == 0.9);
  CHECK(read.entries[0].sd == 0.02);
  CHECK(read.entries[1].dataset == 1);
  CHECK(read.entries[1].algorithm == 1);
  CHECK(read.entries[1].sd == 0);
  CHECK(read.ranks == std::vector<std::optional<double>>{std::nullopt, 1.5});
  CHECK(read.specs == read.algorithms);
}

TEST_CASE("comparison results: the specs of algorithms that have names of their own") {
  Json json = results();
  json["experiment"]["algorithms"] = {{{"name", "a"}, {"spec", "lmnn:k=5"}}, "b:k=3"};
  CHECK(read_results_summary(TempFile(json.dump()).path()).specs == std::vector<std::string>{"lmnn:k=5", "b:k=3"});
  json["experiment"]["algorithms"][0]["name"] = "c";
  CHECK(refused_file(json.dump()) == ": experiment.algorithms[1].name: 'c' is not in the list of them");
  json["experiment"] = 1;
  CHECK(refused_file(json.dump()) == ": experiment is no object");
}

TEST_CASE("comparison results: what is wrong is told with the entry") {
  const auto changed = [](const char* pointer, const Json& value) {
    Json json = results();
    json[Json::json_pointer(pointer)] = value;
    return refused_file(json.dump());
  };
  CHECK(refused_file("x,y\n1,2\n") == ": not JSON: at line 1, column 1");
  CHECK(refused_file("[1]") == ": format is not maha-results, which maha-compare --format json writes");
  CHECK(changed("/format", "maha-model") == ": format is not maha-results, which maha-compare --format json writes");
  CHECK(changed("/version", 2) == ": version is not 1, the one that is known");
  CHECK(changed("/datasets", 3) == ": the comparison has no list of datasets");
  CHECK(changed("/datasets/0/rows", -5) == ": datasets[1].rows is -5, and not from 0 on");
  CHECK(changed("/datasets/0/name", "wine") == ": datasets[2]: 'wine' is there twice");
  CHECK(changed("/algorithms/0", 3) == ": algorithms[1] is 3, and not text");
  CHECK(changed("/algorithms/0", "b:k=3") == ": algorithms[2]: 'b:k=3' is there twice");
  CHECK(changed("/summary/1/dataset", "sonar") == ": summary[2].dataset: 'sonar' is not in the list of them");
  CHECK(changed("/summary/0", "iris") == ": summary[1] is no object");
  CHECK(changed("/summary/0", Json::object()) == ": summary[1] has no dataset");
  CHECK(changed("/summary/0/dataset", "wine") ==
        ": summary[3] is of a data set and an algorithm that an entry before is of");
  CHECK(changed("/summary/0/accuracy", "high") == ": summary[1].accuracy is \"high\", and not a number");
  CHECK(changed("/summary/0/accuracy", 1.5) == ": summary[1].accuracy is 1.5, and not from 0.0 to 1.0");
  CHECK(changed("/summary/0/accuracy", -0.1).starts_with(": summary[1].accuracy is -0.1, and not from"));
  CHECK(changed("/summary/0/sd", -1).starts_with(": summary[1].sd is -1, and not from"));
  CHECK(changed("/summary/0/failed", -1) == ": summary[1].failed is -1, and not from 0 on");
  CHECK(changed("/ranks/0/rank", 3).starts_with(": ranks[1].rank is 3, and not from"));
  CHECK(changed("/ranks", 3) == ": the comparison has ranks that are no list");
  CHECK(changed("/summary", Json::array()) == ": no algorithm has an accuracy or RMSE on any data set");
  CHECK(changed("/summary/1/rmse", 2.5) == ": summary[2] is of another kind of error than those before");
}

TEST_CASE("comparison results: those of a regression have an RMSE, of any size") {
  Json json = results();
  double rmse = 120.5;
  for (Json& entry : json["summary"]) {
    entry["rmse"] = entry["accuracy"].is_null() ? Json() : Json(rmse *= 2);
    entry.erase("accuracy");
    if (!entry["sd"].is_null()) entry["sd"] = 7.5;
  }
  CHECK_FALSE(read_results_summary(TempFile(results().dump()).path()).regression);
  const TempFile file(json.dump());
  const ResultsSummary read = read_results_summary(file.path());
  CHECK(read.regression);
  REQUIRE(read.entries.size() == 2);
  CHECK(read.entries[0].mean == 241);
  CHECK(read.entries[0].sd == 7.5);
  CHECK(read.entries[1].mean == 482);
}
