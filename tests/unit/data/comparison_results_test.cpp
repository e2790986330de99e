#include "data/comparison_results.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "csv_files.hpp"

using namespace maha;
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

std::string refusal(const std::string& content) {
  const TempFile file(content);
  try {
    read_comparison(file.path());
  } catch (const InputError& e) {
    return std::string(e.what()).substr(file.path().size());
  }
  return "";
}

}  // namespace

TEST_CASE("comparison results: cells with an accuracy, by the places of their names; ranks where there are any") {
  const TempFile file(results().dump());
  const ComparisonResults read = read_comparison(file.path());
  CHECK(read.datasets == std::vector<std::string>{"iris", "wine"});
  CHECK(read.algorithms == std::vector<std::string>{"a", "b:k=3"});
  REQUIRE(read.cells.size() == 2);
  CHECK(read.cells[0].accuracy == 0.9);
  CHECK(read.cells[0].sd == 0.02);
  CHECK(read.cells[1].dataset == 1);
  CHECK(read.cells[1].algorithm == 1);
  CHECK(read.cells[1].sd == 0);
  CHECK(read.ranks == std::vector<std::optional<double>>{std::nullopt, 1.5});
}

TEST_CASE("comparison results: what is wrong is told with the entry") {
  const auto changed = [](const char* pointer, const Json& value) {
    Json json = results();
    json[Json::json_pointer(pointer)] = value;
    return refusal(json.dump());
  };
  CHECK(refusal("x,y\n1,2\n") == ": is not JSON");
  CHECK(refusal("[1]") == ": format is not maha-results, which maha-compare --format json writes");
  CHECK(changed("/format", "maha-model") == ": format is not maha-results, which maha-compare --format json writes");
  CHECK(changed("/version", 2) == ": version is not 1, the one that is known");
  CHECK(changed("/datasets", 3) == ": datasets is no list");
  CHECK(changed("/algorithms/0", 3) == ": algorithms is no text");
  CHECK(changed("/summary/1/dataset", "sonar") == ": summary entry 2: 'sonar' is not in the list");
  CHECK(changed("/summary/0", "iris") == ": summary entry 1 has no dataset");
  CHECK(changed("/summary/0/accuracy", "high") == ": summary entry 1 accuracy is no number");
  CHECK(changed("/summary", Json::array()) == ": no algorithm has an accuracy on any data set");
}
