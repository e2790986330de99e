#include "data/reports/knn_report.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "unit/data/written.hpp"

using namespace maha;
using namespace maha::data;

namespace {

/// Rows 1, 2 and 4 of a file; class c was seen in training only, class z in the test file only.
Table test_rows() {
  Table test;
  test.X = Matrix::Zero(3, 1);
  test.classes = {"a", "c", "z"};
  test.y = {0, 0, 2};
  test.row = {1, 2, 4};
  test.name = "test.csv";
  return test;
}

KnnReport report_of(const Table& test) {
  KnnReport report(test, {{1, {0, 1, 1}, {}}, {3, {0, 0, 1}, {}}}, eval::Votes::lowest);
  report.algorithm = "lmnn";
  report.parameters.set("push_weight", 0.5).set("neighbors", 3);
  return report;
}

}  // namespace

TEST_CASE("knn_json: an object a line with the keys that are promised, null for what there is none of") {
  const Table test = test_rows();
  const std::string text = knn_json(report_of(test));
  const auto first = nlohmann::ordered_json::parse(text.substr(0, text.find('\n')));
  std::vector<std::string> keys;
  for (const auto& [key, value] : first.items()) keys.push_back(key);
  CHECK(keys == std::vector<std::string>{"k", "rows", "errors", "accuracy", "error", "votes", "algorithm", "parameters",
                                         "per_class", "confusion"});
  CHECK(first["errors"] == 2);
  CHECK(first["accuracy"] == 1.0 / 3);
  CHECK(first["votes"] == "lowest");
  CHECK(first["parameters"].dump() == R"({"push_weight":0.5,"neighbors":3})");
  CHECK(first["per_class"]["a"].dump() == R"({"rows":2,"recall":0.5,"precision":1.0})");
  CHECK(first["per_class"]["c"].dump() == R"({"rows":0,"recall":null,"precision":0.0})");
  CHECK(first["per_class"]["z"].dump() == R"({"rows":1,"recall":0.0,"precision":null})");
  CHECK(first["confusion"].dump() == R"({"classes":["a","c","z"],"counts":[[1,1,0],[0,0,0],[0,1,0]]})");
  const auto second = nlohmann::ordered_json::parse(text.substr(text.find('\n') + 1));
  CHECK(second["k"] == 3);
  CHECK(second["errors"] == 1);
  KnnReport nameless = report_of(test);
  nameless.algorithm.reset();
  CHECK(knn_json(nameless).find("\"algorithm\":null") != std::string::npos);
}

TEST_CASE("knn_json: a label that is not UTF-8 is refused") {
  Table test = test_rows();
  test.classes[1] = "caf\xe9";
  CHECK_THROWS_AS(knn_json(report_of(test)), InputError);
  CHECK(knn_text(report_of(test)).find("caf\\xe9") != std::string::npos);
}

TEST_CASE("knn_text: what people read") {
  const Table test = test_rows();
  const std::string text = knn_text(report_of(test));
  CHECK(text.substr(0, text.find("\n\nk = 3")) ==
        "k = 1, votes lowest, distance lmnn\n"
        "accuracy 0.3333, error 0.6667: 2 of 3 rows wrong\n"
        "\n"
        "class  rows  recall  precision\n"
        "a         2  0.5000     1.0000\n"
        "c         0       -     0.0000\n"
        "z         1  0.0000          -\n"
        "\n"
        "true \\ predicted  a  c  z\n"
        "a                 1  1  0\n"
        "c                 0  0  0\n"
        "z                 0  1  0");
}

TEST_CASE("knn_text and knn_json: of many classes no confusion, whose size is their square") {
  const auto report = [](int classes) {
    Table test;
    std::vector<int> predicted;
    for (int c = 0; c < classes; ++c) {
      test.classes.push_back(std::to_string(c));
      test.y.push_back(c);
      predicted.push_back(c == 0 ? 1 : c);
    }
    return KnnReport(test, {{1, predicted, {}}}, eval::Votes::shrink);
  };
  const auto json = [&](int classes) { return nlohmann::ordered_json::parse(knn_json(report(classes))); };
  CHECK(knn_text(report(50)).find("true \\ predicted") != std::string::npos);
  const std::string text = knn_text(report(51));
  CHECK(text.find("true \\ predicted") == std::string::npos);
  CHECK(text.ends_with(
      "\nconfusion of 51 classes: too wide to print; --predictions FILE has what each row was taken for\n"));
  CHECK(json(51)["confusion"]["counts"][0][1] == 1);
  CHECK(json(1000)["confusion"]["counts"].size() == 1000);
  CHECK(json(1001)["confusion"] == nullptr);
  CHECK(json(1001)["per_class"].size() == 1001);
  CHECK(json(1001)["per_class"]["1"]["precision"] == 0.5);
}

TEST_CASE("write_predictions: rows by their number in the file, every k, ids if there are any") {
  Table test = test_rows();
  const auto written = [&] {
    return maha::test::written([&](io::Output& out) {
      write_predictions(out, test, {{1, {0, 1, 1}, {}}, {3, {0, 0, 1}, {}}});
    });
  };
  CHECK(written() == "row,label,k,predicted\n1,a,1,a\n1,a,3,a\n2,a,1,c\n2,a,3,a\n4,z,1,c\n4,z,3,c\n");
  test.columns.id = 0;
  test.ids = {"x", "y,y", "z"};
  CHECK(written().substr(0, 60) == "row,id,label,k,predicted\n1,x,a,1,a\n1,x,a,3,a\n2,\"y,y\",a,1,c\n2");
}

TEST_CASE("unseen_labels: names the labels and counts the rows") {
  const Table test = test_rows();
  Table train = test_rows();
  CHECK(unseen_labels(train, test) == "");
  train.y = {0, 1, 1};
  CHECK(unseen_labels(train, test) == "test.csv: labels never seen in training count as errors: z (rows: 1)");
}
