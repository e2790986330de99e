#include <doctest/doctest.h>

#include "core/error.hpp"
#include "plot/figures/figures.hpp"

using namespace maha;
using namespace maha::plot;

namespace {

/// The lengths of a group's bars, each from 0, below each other and within the height of their features.
std::vector<double> lengths(const Series& series) {
  std::vector<double> all;
  REQUIRE(series.form == Series::Form::boxes);
  for (Index i = 0; i < series.rows.rows(); ++i) {
    CHECK(series.rows(i, 0) * series.rows(i, 1) == 0);
    CHECK(series.rows(i, 2) > static_cast<double>(i) + 0.5);
    CHECK(series.rows(i, 3) > series.rows(i, 2));
    CHECK(series.rows(i, 3) < static_cast<double>(i) + 1.5);
    all.push_back(series.rows(i, 0) + series.rows(i, 1));
  }
  return all;
}

data::ToldExplanation told() {
  data::ToldExplanation told{.query = "7", .predicted = "u", .radius = 0.25, .features = {"a", "b", "c"}, .rows = {}};
  told.rows.push_back({"3", "u", false, 4, Eigen::Vector3d(2, 1.5, 0.5), 0});
  told.rows.push_back({"9", "v", true, 9, Eigen::Vector3d(8, -1, 2), 0});
  return told;
}

experiment::ResultsSummary grid(const std::vector<std::string>& specs) {
  experiment::ResultsSummary results{.datasets = {"iris"}, .algorithms = specs, .entries = {}, .ranks = {}};
  results.specs = specs;
  for (std::size_t a = 0; a < specs.size(); ++a) {
    results.entries.push_back({0, a, 1 - 0.0625 * static_cast<double>(a), 0.03125});
  }
  return results;
}

std::string refused_path(const experiment::ResultsSummary& results, const std::optional<std::string>& option = {}) {
  try {
    path_figure(results, option);
  } catch (const InputError& e) {
    return e.what();
  }
  return "";
}

}  // namespace

TEST_CASE("explanation: a bar for each feature and neighbour, which sum up to the squared distance") {
  const Panel panel = explanation_figure(told(), 10).panels[0];
  CHECK(panel.title == "row 7 is taken for u, radius 0.25");
  CHECK(panel.y.names == std::vector<std::string>{"a", "b", "c"});
  REQUIRE(panel.series.size() == 3);
  CHECK(panel.series[0].style == Series::kReference);  // at 0, as one is below
  CHECK(panel.series[1].name == "near 1: row 3, u");
  CHECK(panel.series[1].figures == "  (sum 4)");
  CHECK(panel.series[2].name == "other: row 9, v");
  CHECK(lengths(panel.series[1]) == std::vector<double>{2, 1.5, 0.5});
  CHECK(lengths(panel.series[2]) == std::vector<double>{8, -1, 2});
  CHECK(panel.series[1].rows(0, 3) <= panel.series[2].rows(0, 2));  // none on another
}

TEST_CASE("explanation: what is not drawn one by one is a bar of its own, and so is what was not told") {
  data::ToldExplanation some = told();
  CHECK(explanation_figure(some, 2).panels[0].y.names == some.features);  // the last one in the place of "1 other"
  const Panel one = explanation_figure(some, 1).panels[0];
  CHECK(one.y.names == std::vector<std::string>{"a", "2 others"});
  CHECK(lengths(one.series[0]) == std::vector<double>{2, 2});
  CHECK(lengths(one.series[1]) == std::vector<double>{8, 1});
  some.rows[1].others = 0.5;
  const Panel untold = explanation_figure(some, 2).panels[0];
  CHECK(untold.y.names.back() == "all others");
  CHECK(lengths(untold.series[2]) == std::vector<double>{8, -1, 2.5});
  CHECK(explanation_figure(some, 9).panels[0].y.names.back() == "all others");
  some.radius.reset();
  CHECK(explanation_figure(some, 9).panels[0].title == "row 7 is taken for u, and nothing changes that");
}

TEST_CASE("explanation: the nearest of many neighbours, and the row of another class in its own colour") {
  data::ToldExplanation many = told();
  const auto other = many.rows[1];
  many.rows.assign(9, many.rows[0]);
  many.rows.push_back(other);
  const Panel panel = explanation_figure(many, 3).panels[0];
  CHECK(panel.series.size() == 1 + kMostNeighbors + 1);
  CHECK(panel.series.back().name == "other: row 9, v");
  for (std::size_t i = 1; i <= kMostNeighbors; ++i) CHECK(panel.series[i].style != panel.series.back().style);
  CHECK(panel.series.back().style == explanation_figure(told(), 3).panels[0].series.back().style);
}

TEST_CASE("weights: the largest first, and what part of all of them they are") {
  const Panel panel = weights_figure({"a", "b", "c", "d"}, Eigen::Vector4d(1, 5, -3, 1), "share", 2).panels[0];
  CHECK(panel.title == "the largest 2 of 4");  // what cancels is no part of the sum
  CHECK(panel.x.label == "share");
  CHECK(panel.y.names == std::vector<std::string>{"b", "c"});
  CHECK(lengths(panel.series[1]) == std::vector<double>{5, -3});
  const Panel positive = weights_figure({"a", "b", "c"}, Eigen::Vector3d(1, 5, 4), "share", 2).panels[0];
  CHECK(positive.title == "the largest 2 of 3, 90% of the sum");
  const Panel all = weights_figure({"a", "b"}, Eigen::Vector2d(0, 2), "weight", 9).panels[0];
  CHECK(all.title == "");
  CHECK(all.y.names == std::vector<std::string>{"b", "a"});
  CHECK(lengths(all.series[0]) == std::vector<double>{2, 0});
  CHECK(weights_figure({"a", "b"}, Eigen::Vector2d(0, 0), "weight", 1).panels[0].title == "the largest 1 of 2");
}

TEST_CASE("path: a line over the values of the only option that varies, a level for what is without it") {
  const Panel panel = path_figure(grid({"lmnn:k=5", "euclidean", "lmnn:k=1", "lmnn:k=3"}), {}).panels[0];
  CHECK(panel.title == "iris");
  CHECK(panel.x.label == "k");
  CHECK(panel.x.whole);
  CHECK_FALSE(panel.x.log);
  CHECK(panel.x.range->first < 1);  // and no more than what marks need
  CHECK(panel.x.range->first > 0.8);
  REQUIRE(panel.series.size() == 3);
  Matrix line(3, 2), band(3, 3), level(2, 2);
  line << 1, 12.5, 3, 18.75, 5, 0;
  band << 1, 9.375, 15.625, 3, 15.625, 21.875, 5, 0, 3.125;  // no error is below 0
  level << 1, 6.25, 5, 6.25;
  CHECK(panel.series[0].rows == band);
  CHECK(panel.series[1].name == "lmnn");
  CHECK(panel.series[1].rows == line);
  CHECK(panel.series[2].name == "euclidean");
  CHECK(panel.series[2].dashed);
  CHECK(panel.series[2].rows == level);
}

TEST_CASE("path: a line for each learner with its other options, whatever their order") {
  const experiment::ResultsSummary results =
      grid({"itml:gamma=0.1,count=9", "itml:count=9,gamma=100", "itml:gamma=1", "itml:gamma=2", "lsml:ridge=1"});
  const Panel panel = path_figure(results, {}).panels[0];
  CHECK(panel.x.label == "gamma");
  CHECK(panel.x.log);  // three decades
  CHECK_FALSE(panel.x.whole);
  REQUIRE(panel.series.size() == 5);
  CHECK(panel.series[1].name == "itml:count=9");
  CHECK(panel.series[3].name == "itml");
  CHECK(panel.series[3].rows.rows() == 2);
  CHECK(panel.series[4].name == "lsml:ridge=1");
  CHECK_FALSE(path_figure(grid({"itml:gamma=1", "itml:gamma=100"}), {}).panels[0].x.log);  // two decades
  CHECK_FALSE(path_figure(grid({"itml:gamma=0", "itml:gamma=1000"}), {}).panels[0].x.log);
}

TEST_CASE("path: specs behind names; failures leave gaps; a line for each data set where there is one of errors") {
  experiment::ResultsSummary results = grid({"small", "large"});
  results.specs = {"lmnn:k=1", "lmnn:k=9"};
  results.datasets.emplace_back("wine");
  results.entries.push_back({1, 1, 0.5, 0});
  const Picture together = path_figure(results, {});
  REQUIRE(together.panels.size() == 1);
  CHECK(together.panels[0].title == "lmnn");
  CHECK(together.panels[0].series[1].name == "iris");
  CHECK(together.panels[0].series[2].name == "wine");
  CHECK(together.panels[0].series[2].rows == Eigen::RowVector2d(9, 50));
  results.regression = true;  // errors of different targets have no scale in common
  const Picture apart = path_figure(results, {});
  REQUIRE(apart.panels.size() == 2);
  CHECK(apart.panels[1].series[0].rows == Eigen::RowVector2d(9, 0.5));
  CHECK(apart.panels[1].y.label == "RMSE, mean ± standard deviation");
}

TEST_CASE("path: what has no path, and what has several") {
  CHECK(refused_path(grid({"euclidean", "lmnn:k=1"})) ==
        "no two algorithms differ in the value of one option alone, a number");
  CHECK(refused_path(grid({"cov:within=true", "cov:within=false"})) ==
        "no two algorithms differ in the value of one option alone, a number");
  CHECK(refused_path(grid({"lmnn:k=1", "lmnn:"})) ==
        "no two algorithms differ in the value of one option alone, a number");
  const experiment::ResultsSummary two = grid({"lmnn:k=1,rank=2", "lmnn:k=2,rank=2", "lmnn:k=1,rank=3"});
  CHECK(refused_path(two) == "several options have values that differ: --option NAME, one of k, rank");
  CHECK(path_figure(two, "rank").panels[0].series.size() == 3);  // of k = 1 a band and a line, of k = 2 a mark
  CHECK(refused_path(two, "seed") == "no algorithm has a number for its option 'seed'");
}
