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
  for (const auto& [dataset, algorithm, accuracy, sd] : results.entries) {
    low = std::min(low, 100 * (accuracy - sd));
    high = std::max(high, 100 * (accuracy + sd));
  }
  return {std::max(0.0, 5 * std::floor(low / 5 - 0.1)), std::min(100.0, 5 * std::ceil(high / 5 + 0.1))};
}

}  // namespace

Picture comparison_figure(const experiment::ResultsSummary& results) {
  const auto algorithms = static_cast<double>(results.algorithms.size());
  const auto datasets = static_cast<double>(results.datasets.size());
  Panel panel;
  panel.x = {.label = "accuracy, mean ± standard deviation (%)", .range = accuracy_range(results)};
  panel.y.names = results.datasets;
  for (std::size_t a = 0; a < results.algorithms.size(); ++a) {
    Series series{.form = Series::Form::ranges, .name = results.algorithms[a], .style = static_cast<Index>(a)};
    if (results.datasets.size() > 1 && results.ranks[a]) series.figures = in_brackets(*results.ranks[a]);
    std::vector<RowVector> rows;
    const double offset = kSpread * ((static_cast<double>(a) + 0.5) / algorithms - 0.5);
    for (const auto& [dataset, algorithm, accuracy, sd] : results.entries) {
      if (algorithm != a) continue;
      const double x = 100 * accuracy, y = static_cast<double>(dataset) + 1 + offset;
      rows.push_back(Eigen::RowVector4d(x, y, x - 100 * sd, x + 100 * sd));
    }
    series.rows.resize(static_cast<Index>(rows.size()), 4);
    for (std::size_t i = 0; i < rows.size(); ++i) series.rows.row(static_cast<Index>(i)) = rows[i];
    panel.series.push_back(std::move(series));
  }
  const double lines = datasets * (algorithms * kDot + kGap) + 10;
  return {.panels = {std::move(panel)}, .panel_width = 420, .panel_height = std::max(kLeastLines, lines)};
}

}  // namespace maha::plot
