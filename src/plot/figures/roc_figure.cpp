#include <algorithm>
#include <cstdio>
#include <optional>

#include "core/error.hpp"
#include "plot/figures/figures.hpp"

namespace maha::plot {
namespace {

/// Checks that the points rise from (0, 0) to (1, 1), and adds these ends if they are missing.
Matrix curve_points(const data::NamedColumns& file) {
  const Vector x = file.numbers("false_positive_rate"), y = file.numbers("true_positive_rate");
  Matrix points(x.size() + 2, 2);
  points << 0, 0, Matrix(x.size(), 2), 1, 1;
  points.middleRows(1, x.size()) << x, y;
  for (Index i = 1; i < points.rows(); ++i) {
    if (!(points(i, 0) >= points(i - 1, 0) && points(i, 1) >= points(i - 1, 1))) {
      file.fail(std::min(i, x.size()) - 1, "rates must rise from 0 to 1, row by row");
    }
  }
  return points;
}

double area(const Matrix& points) {
  double twice = 0;
  for (Index i = 1; i < points.rows(); ++i) {
    twice += (points(i, 0) - points(i - 1, 0)) * (points(i, 1) + points(i - 1, 1));
  }
  return twice / 2;
}

/// Where false positives are as frequent as false negatives, x = 1 - y, on the straight lines between the points.
RowVector equal_error(const Matrix& points) {
  Index i = 1;
  while (points.row(i).sum() < 1) ++i;
  const double before = points.row(i - 1).sum();
  return points.row(i - 1) + (1 - before) / (points.row(i).sum() - before) * (points.row(i) - points.row(i - 1));
}

/// Without the points that are there twice or inside upright and level lines, which show nothing.
Matrix corners(const Matrix& points) {
  std::vector<Index> kept{0};
  for (Index i = 1; i < points.rows(); ++i) {
    const bool last = i + 1 == points.rows();
    const auto along = [&](Index j) { return points(i - 1, j) == points(i + 1, j); };
    if (last || !(along(0) || along(1) || points.row(i) == points.row(i + 1))) kept.push_back(i);
  }
  return points(kept, Eigen::all);
}

std::string measures(double area, double error) {
  char text[64];
  std::snprintf(text, sizeof text, ": AUC %.3f, EER %.1f%%", area, 100 * error);
  return text;
}

}  // namespace

Picture roc_figure(const std::vector<Named<data::NamedColumns>>& curves) {
  Panel panel{.x = {.label = "false positive rate", .range = {{0, 1}}},
              .y = {.label = "true positive rate", .range = {{0, 1}}}};
  Matrix chance(2, 2);
  chance << 0, 0, 1, 1;
  panel.series.push_back({.form = Series::Form::line, .style = Series::kReference, .rows = chance});
  for (std::size_t c = 0; c < curves.size(); ++c) {
    const Matrix points = curve_points(curves[c].value);
    const RowVector equal = equal_error(points);
    const auto style = static_cast<Index>(c);
    panel.series.push_back({.form = Series::Form::line,
                            .name = curves[c].name,
                            .style = style,
                            .rows = corners(points),
                            .figures = measures(area(points), equal(0))});
    panel.series.push_back({.style = style, .rows = equal});
  }
  return {.panels = {std::move(panel)}, .panel_width = 340, .panel_height = 340};
}

}  // namespace maha::plot
