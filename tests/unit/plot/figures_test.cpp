#include "plot/figures/figures.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "unit/data/csv_files.hpp"

using namespace maha;
using namespace maha::plot;
using maha::test::TempFile;

namespace {

data::NamedColumns columns(const std::string& content) { return data::NamedColumns(TempFile(content).path()); }

}  // namespace

TEST_CASE("comparison: a series for each algorithm, a mark for each accuracy, none on another, ranks in the key") {
  experiment::ResultsSummary results{.datasets = {"iris", "wine"},
                                     .algorithms = {"a", "b"},
                                     .entries = {{0, 0, 0.9, 0.02}, {0, 1, 0.8, 0}, {1, 0, 0.7, 0.1}},
                                     .ranks = {1, 2}};
  const Picture picture = comparison_figure(results);
  REQUIRE(picture.panels.size() == 1);
  const Panel& panel = picture.panels[0];
  CHECK(panel.y.names == results.datasets);
  REQUIRE(panel.series.size() == 2);
  CHECK(panel.series[0].name == "a");
  CHECK(panel.series[0].figures == "  (rank 1.00)");
  CHECK(panel.series[1].rows.rows() == 1);
  const Matrix& a = panel.series[0].rows;
  REQUIRE(a.rows() == 2);
  CHECK(a(0, 0) == doctest::Approx(90));
  CHECK(a(0, 2) == doctest::Approx(88));
  CHECK(a(0, 3) == doctest::Approx(92));
  CHECK(a(1, 1) - a(0, 1) == doctest::Approx(1));  // a data set further down
  CHECK(std::abs(a(0, 1) - 1) < 0.5);
  CHECK(panel.series[1].rows(0, 1) > a(0, 1));
  CHECK(*panel.x.range == std::pair(55.0, 95.0));
  results.datasets.pop_back();
  results.entries.pop_back();
  CHECK(comparison_figure(results).panels[0].series[0].name == "a");
}

TEST_CASE("comparison of regressions: a panel for each data set, in the units of its target") {
  const experiment::ResultsSummary results{.regression = true,
                                           .datasets = {"homes", "wine"},
                                           .algorithms = {"a", "b"},
                                           .entries = {{0, 0, 900, 20}, {0, 1, 800, 0}, {1, 1, 0.7, 0.1}},
                                           .ranks = {1.5, 1.5}};
  const Picture picture = comparison_figure(results);
  REQUIRE(picture.panels.size() == 2);
  const Panel &homes = picture.panels[0], &wine = picture.panels[1];
  CHECK(homes.y.names == std::vector<std::string>{"homes"});
  CHECK(wine.y.names == std::vector<std::string>{"wine"});
  CHECK(wine.x.label == "RMSE, mean ± standard deviation");
  CHECK_FALSE(homes.x.range.has_value());
  CHECK(homes.series[0].rows.row(0)(0) == 900);
  CHECK(homes.series[0].rows.row(0)(2) == 880);
  CHECK(wine.series[0].rows.rows() == 0);
  CHECK(wine.series[1].rows(0, 0) == 0.7);
  CHECK(wine.series[1].rows(0, 1) == homes.series[1].rows(0, 1));
  CHECK(wine.series[1].figures == "  (rank 1.50)");
}

TEST_CASE("projection: each row in the series of its class, in each panel") {
  ProjectionView view{"features", Matrix(3, 2), Vector(2)};
  view.Z << 1, 2, 3, 4, 5, 6;
  view.share << 0.75, 0.125;
  const Picture picture = projection_figure({view, view}, {1, 0, 1}, {"no", "yes"});
  REQUIRE(picture.panels.size() == 2);
  REQUIRE(picture.panels[1].series.size() == 2);
  CHECK(picture.panels[1].series[0].name == "no");
  CHECK(picture.panels[1].series[0].rows == view.Z.row(1));
  CHECK(picture.panels[1].series[1].rows(1, 1) == 6);
  CHECK(picture.panels[0].x.label == "first principal component (75.0% of variance)");
  CHECK(projection_figure({view}, {}, {}).panels[0].series[0].rows == view.Z);
}

TEST_CASE("projection: many classes of one character are marked by it; of a line each class has its own") {
  std::vector<std::string> classes;
  Labels y;
  for (int c = 0; c < 26; ++c) {
    classes.emplace_back(1, static_cast<char>('A' + c));
    y.push_back(c);
  }
  ProjectionView view{"", Matrix::Zero(26, 2), Vector::Zero(2)};
  view.Z.col(0).setLinSpaced(0, 1);
  view.share << 1, 0;
  const Panel line = projection_figure({view}, y, classes).panels[0];
  CHECK(line.series[25].letter == "Z");
  CHECK(line.series[25].name == "");
  CHECK(line.y.names == classes);
  CHECK(std::abs(line.series[25].rows(0, 1) - 26) < 0.5);
  classes[3] = "Dd";
  CHECK(projection_figure({view}, y, classes).panels[0].series[25].letter == "");
  CHECK(projection_figure({view}, y, classes).panels[0].series[25].name == "Z");
}

TEST_CASE("projection: quantities in place of classes are shades, and the second column of a line stays free") {
  std::vector<std::string> ages;
  Labels y;
  for (int c = 0; c < 9; ++c) {
    ages.push_back(std::to_string(c) + ".5");
    y.push_back(8 - c);
  }
  ProjectionView view{"", Matrix::Random(9, 2), Vector::Constant(2, 0.5)};
  const Picture picture = projection_figure({view}, y, ages, "age");
  REQUIRE(picture.gradient);
  CHECK(picture.gradient->label == "age");
  CHECK(picture.gradient->high == 8.5);
  REQUIRE(picture.panels[0].series.size() == 1);
  CHECK(picture.panels[0].series[0].rows(1, 2) == 7.5);
  CHECK(picture.panels[0].equal);
  view.share << 1, 0;
  CHECK(projection_figure({view}, y, ages).panels[0].y.names == std::vector<std::string>{""});
  ages[0] = "young";
  CHECK_FALSE(projection_figure({view}, y, ages).gradient);
}

TEST_CASE("ranks: the better half on the right, bars over what differs by less than the critical difference") {
  experiment::ResultsSummary results{
      .datasets = {"x", "y"}, .algorithms = {"d", "a", "c", "b"}, .entries = {}, .ranks = {3.5, 1, 3, 2.5}};
  const Panel panel = ranks_figure(results, 1.1, 0.05).panels[0];
  CHECK(panel.right.names == std::vector<std::string>{"a", "b"});
  CHECK(panel.y.names == std::vector<std::string>{"c", "d", "CD = 1.10"});
  CHECK(panel.y.places[1] < panel.y.places[0]);  // the worst above
  CHECK(panel.right.places[0] < panel.right.places[1]);
  CHECK(*panel.x.range == std::pair(4.0, 1.0));
  const Matrix& bars = panel.series[0].rows;  // b, c, d; a alone
  REQUIRE(bars.rows() == 1);
  CHECK(bars(0, 0) == doctest::Approx(2.5).epsilon(0.02));
  CHECK(bars(0, 1) == doctest::Approx(3.5).epsilon(0.02));
  CHECK(ranks_figure(results, 0.6, 0.05).panels[0].series[0].rows.rows() == 2);  // b and c, c and d
  CHECK(ranks_figure(results, 5, 0.05).panels[0].series[0].rows.rows() == 1);
  results.ranks[1].reset();
  CHECK_THROWS_AS(ranks_figure(results, 1, 0.05), InputError);
}

TEST_CASE("ranks: the critical difference is as long as its line, also where that is longer than from rank to rank") {
  const experiment::ResultsSummary results{
      .datasets = {"x", "y"}, .algorithms = {"d", "a", "c", "b"}, .entries = {}, .ranks = {3.5, 1, 3, 2.5}};
  for (const double length : {0.5, 2.9, 3.0, 3.1, 7.0}) {
    const Panel panel = ranks_figure(results, length, 0.2).panels[0];
    CHECK(panel.x.label == "joined: not told apart (Nemenyi, level 0.2)");
    const Matrix line = panel.series.back().rows;
    CHECK(line(0, 0) - line(1, 0) == doctest::Approx(length));
    CHECK(line(0, 0) == panel.x.range->first);
    CHECK(line(1, 0) >= 1);
    CHECK(line.rows() == 2 + 2 * 3);  // with a cap at either end
    const bool goes_on = length > 3;
    CHECK(panel.x.range->first == (goes_on ? 1 + length : 4));
    CHECK(panel.x.names == (goes_on ? std::vector<std::string>{"1", "2", "3", "4"} : std::vector<std::string>{}));
  }
}

TEST_CASE("trace: objective and bound above, the gap below, a colour for each fit") {
  const data::NamedColumns full = columns("iteration,objective,bound,gap,seconds\n0,9,-inf,1,0.1\n1,8,4,0.5,0.2\n");
  const data::NamedColumns bare = columns("iteration,objective,gap,seconds\n5,3,0.1,1\n");
  const Picture one = trace_figure({{"a", full}}, TraceAxis::iteration);
  REQUIRE(one.panels.size() == 2);
  REQUIRE(one.panels[0].series.size() == 2);
  CHECK(one.panels[0].series[1].name == "bound");
  CHECK(one.panels[1].y.log);
  CHECK(one.panels[1].series[0].rows(1, 1) == 0.5);
  const Picture two = trace_figure({{"a", full}, {"b", bare}}, TraceAxis::seconds);
  CHECK(two.panels[0].series.size() == 3);
  REQUIRE(two.panels[1].series.size() == 2);
  CHECK(two.panels[1].series[1].name == "b");
  CHECK(two.panels[1].series[1].style == two.panels[0].series[2].style);
  CHECK(two.panels[1].series[1].rows(0, 0) == 1);
  CHECK(two.panels[1].y.label == "relative gap");
  const data::NamedColumns network = columns("iteration,objective,validation,contribute,rate,seconds\n1,3,0.1,1,1,1\n");
  const Picture trained = trace_figure({{"a", network}}, TraceAxis::iteration);
  CHECK(trained.panels[1].y.label == "validation");
  CHECK(trained.panels[1].x.label == "epoch");
  CHECK(one.panels[0].x.label == "iteration");
  CHECK(two.panels[0].x.label == "time (s)");
  CHECK(trace_figure({{"a", full}, {"n", network}}, TraceAxis::iteration).panels[0].x.label == "iteration, epoch");
  CHECK(trained.panels[1].series[0].rows(0, 1) == 0.1);
  CHECK(trace_figure({{"a", full}, {"n", network}}, TraceAxis::iteration).panels[1].y.label ==
        "relative gap, validation");
  CHECK_THROWS_AS(trace_figure({{"c", columns("iteration,gap\n1,2\n")}}, TraceAxis::iteration), InputError);
}

TEST_CASE("spectrum: eigenvalues by their number, divided by the largest if asked") {
  const std::vector<Named<Vector>> spectra{{"a", Eigen::Vector2d(4, 1)}, {"b", Vector()}};
  const Panel plain = spectrum_figure(spectra, false).panels[0], relative = spectrum_figure(spectra, true).panels[0];
  REQUIRE(plain.series.size() == 2);
  CHECK(plain.series[0].rows == (Matrix(2, 2) << 1, 4, 2, 1).finished());
  CHECK(relative.series[0].rows == (Matrix(2, 2) << 1, 1, 2, 0.25).finished());
  CHECK(plain.series[1].rows.rows() == 0);
}

TEST_CASE("roc: area and equal error of a curve that is worked out by hand, on the straight lines between points") {
  const data::NamedColumns curve =
      columns("threshold,false_positive_rate,true_positive_rate\n0,0,0\n1,0,0.25\n2,0,0.5\n3,0.5,0.75\n4,1,1\n");
  const Panel panel = roc_figure({{"a", curve}}).panels[0];
  REQUIRE(panel.series.size() == 3);  // the diagonal, the curve, the point
  CHECK(panel.series[1].name == "a");
  CHECK(panel.series[1].figures == ": AUC 0.750, EER 33.3%");  // 0.5 (0.5 + 0.75) / 2 + 0.5 (0.75 + 1) / 2
  CHECK(panel.series[1].rows.rows() == 4);                     // without the points inside the upright
  CHECK(panel.series[2].rows(0, 0) == doctest::Approx(1.0 / 3));
  CHECK(panel.series[2].rows(0, 1) == doctest::Approx(2.0 / 3));
  const std::string head = "false_positive_rate,true_positive_rate\n";
  for (const std::string bad : {"0.5,0.5\n0.4,0.6\n", "0,-0.1\n", "0.2,1.5\n", "nan,0.2\n"}) {
    CHECK_THROWS_AS(roc_figure({{"a", columns(head + bad)}}), InputError);
  }
}

TEST_CASE("sampling: a panel for each sampler, shares over the length of their interval") {
  const data::NamedColumns file =
      columns("sampler,from,to,share,expected\nall,0,0.5,0.25,0.5\nhard,0,0.5,1,0.5\nall,0.5,2,0.75,0.5\n");
  const Picture picture = sampling_figure(file);
  REQUIRE(picture.panels.size() == 2);
  CHECK(picture.panels[1].title == "hard");
  CHECK(picture.panels[0].series[0].rows == (Matrix(2, 3) << 0, 0.5, 0.5, 0.5, 2, 0.5).finished());
  CHECK(picture.panels[0].series[1].rows(0, 1) == 1);
  CHECK(picture.panels[0].series[1].rows(1, 0) == 1.25);
  const std::string head = "sampler,from,to,share,expected\n";
  CHECK_THROWS_AS(sampling_figure(columns(head + "a,1,1,0.5,0.5\n")), InputError);
  CHECK_THROWS_AS(sampling_figure(columns(head + "a,0,1,inf,0.5\n")), InputError);
  CHECK_THROWS_AS(sampling_figure(columns(head + "a,0,1,half,0.5\n")), InputError);
}
