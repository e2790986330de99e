#include <algorithm>
#include <cmath>
#include <cstdio>

#include "plot/figures/figures.hpp"

namespace maha::plot {
namespace {

constexpr double kSpread = 0.7;         // share of the distance between data sets that the algorithms take
constexpr double kDot = 11, kGap = 14;  // height of an algorithm's line, and between data sets
constexpr double kLeastLines = 60;      // height of the panel

std::string in_brackets(double rank) {
  char text[32];
  std::snprintf(text, sizeof text, "  (rank %.2f)", rank);
  return text;
}

/// The multiples of five that enclose all bars, at most 100.
std::pair<double, double> accuracy_range(const experiment::ResultsSummary& results) {
  double low = 100, high = 0;
  for (const auto& [dataset, algorithm, mean, sd] : results.entries) {
    low = std::min(low, 100 * (mean - sd));
    high = std::max(high, 100 * (mean + sd));
  }
  return {std::max(0.0, 5 * std::floor(low / 5 - 0.1)), std::min(100.0, 5 * std::ceil(high / 5 + 0.1))};
}

/// `count` data sets from `first` on, one below the other, on an axis of `unit` of what the results are in.
Panel panel_of(const experiment::ResultsSummary& results, std::size_t first, std::size_t count, double unit) {
  Panel panel;
  const auto begin = results.datasets.begin() + static_cast<std::ptrdiff_t>(first);
  panel.y.names.assign(begin, begin + static_cast<std::ptrdiff_t>(count));
  const auto algorithms = static_cast<double>(results.algorithms.size());
  for (std::size_t a = 0; a < results.algorithms.size(); ++a) {
    Series series{.form = Series::Form::ranges, .name = results.algorithms[a], .style = static_cast<Index>(a)};
    if (results.datasets.size() > 1 && results.ranks[a]) series.figures = in_brackets(*results.ranks[a]);
    std::vector<Eigen::RowVector4d> rows;
    const double offset = kSpread * ((static_cast<double>(a) + 0.5) / algorithms - 0.5);
    for (const auto& [dataset, algorithm, mean, sd] : results.entries) {
      if (algorithm != a || dataset < first || dataset >= first + count) continue;
      const double x = unit * mean, y = static_cast<double>(dataset - first) + 1 + offset;
      rows.emplace_back(x, y, x - unit * sd, x + unit * sd);
    }
    series.rows = rows_from(rows);
    panel.series.push_back(std::move(series));
  }
  return panel;
}

}  // namespace

Picture comparison_figure(const experiment::ResultsSummary& results) {
  const double lines = static_cast<double>(results.algorithms.size()) * kDot + kGap;
  const auto height = [&](std::size_t datasets) {
    return std::max(kLeastLines, static_cast<double>(datasets) * lines + 10);
  };
  Picture picture{.panel_width = 420};
  if (!results.regression) {
    Panel panel = panel_of(results, 0, results.datasets.size(), 100);
    panel.x = {.label = "accuracy, mean ± standard deviation (%)", .range = accuracy_range(results)};
    picture.panels.push_back(std::move(panel));
    picture.panel_height = height(results.datasets.size());
    return picture;
  }
  for (std::size_t s = 0; s < results.datasets.size(); ++s) {  // errors of different targets have no scale in common
    Panel panel = panel_of(results, s, 1, 1);
    if (s + 1 == results.datasets.size()) panel.x.label = "RMSE, mean ± standard deviation";
    picture.panels.push_back(std::move(panel));
  }
  picture.panel_height = height(1);
  return picture;
}

}  // namespace maha::plot
