#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>

#include "core/rows_by_class.hpp"
#include "core/text/characters.hpp"
#include "core/text/number.hpp"
#include "plot/figures/figures.hpp"
#include "plot/layout/text.hpp"

namespace maha::plot {
namespace {

constexpr std::size_t kMostShapes = 8;  // classes up to which shapes suffice to tell them apart
constexpr std::size_t kMostInKey = 60;  // classes: a longer key would dwarf the panels
constexpr std::size_t kMostCodes = 30;  // distinct whole numbers up to which they may stand for classes

std::string component(const char* which, double share) {
  char text[32];
  std::snprintf(text, sizeof text, " (%.1f%% of variance)", 100 * share);
  return std::string(which) + " principal component" + text;
}

/// The range of the values, with room for marks at its ends.
std::pair<double, double> range(const Vector& values) {
  const double low = values.minCoeff(), high = values.maxCoeff(), room = 0.04 * (high - low);
  return {low - room, high + room};
}

/// What the classes are as quantities: numbers, some of which are not whole, or more of them than there are classes in
/// most data sets. Nothing if they are names, or numbers that stand for names.
std::optional<std::vector<double>> quantities(const std::vector<std::string>& classes) {
  if (classes.size() <= kMostShapes) return std::nullopt;
  std::vector<double> values(classes.size());
  bool whole = true;
  for (std::size_t c = 0; c < classes.size(); ++c) {
    if (!parse_number(classes[c], values[c]) || !std::isfinite(values[c])) return std::nullopt;
    whole = whole && values[c] == std::floor(values[c]);
  }
  return whole && classes.size() <= kMostCodes ? std::nullopt : std::optional(values);
}

/// All rows in one series, each with the quantity that it has.
Series shaded(const Matrix& rows, const Labels& y, const std::vector<double>& values) {
  Series series{.form = Series::Form::shaded_marks, .rows = Matrix(rows.rows(), 3)};
  series.rows.leftCols(2) = rows;
  for (Index i = 0; i < rows.rows(); ++i) {
    series.rows(i, 2) = values[static_cast<std::size_t>(y[static_cast<std::size_t>(i)])];
  }
  return series;
}

/// For rows that all lie on a line: one line for each class, with rows spread a little so that they can be told apart.
Matrix on_line(Matrix rows, std::size_t line) {
  constexpr double kGolden = 0.6180339887498949, kSpreadOfRows = 0.5;
  for (Index i = 0; i < rows.rows(); ++i) {
    const double turns = kGolden * static_cast<double>(i);
    rows(i, 1) = static_cast<double>(line) + 1 + kSpreadOfRows * (turns - std::floor(turns) - 0.5);
  }
  return rows;
}

std::vector<std::string> names_of(const ProjectionView& view, const std::vector<Index>& rows) {
  std::vector<std::string> names;
  for (const Index i : rows)
    if (!view.names.empty()) names.push_back(view.names[static_cast<std::size_t>(i)]);
  return names;
}

}  // namespace

Picture projection_figure(const std::vector<ProjectionView>& views, const Labels& y,
                          const std::vector<std::string>& classes, const std::string& label) {
  const std::optional<std::vector<double>> values = quantities(classes);
  const bool by_class = !y.empty() && !values, keyed = classes.size() <= kMostInKey;
  const bool letters = classes.size() > kMostShapes &&
                       std::all_of(classes.begin(), classes.end(),
                                   [](const auto& name) { return character_count(shown_text(name)) == 1; });
  std::vector<std::vector<Index>> members = rows_by_class(y);
  members.resize(classes.size());
  Picture picture{.columns = 2, .panel_width = 300, .panel_height = 300};
  for (const ProjectionView& view : views) {
    const bool line = view.share(1) == 0;
    Panel panel{.title = view.title,
                .x = {.label = component("first", view.share(0)), .range = range(view.Z.col(0))},
                .y = {.label = component("second", view.share(1)), .range = range(view.Z.col(1))},
                .equal = !line};
    if (line) panel.y = {.names = by_class ? classes : std::vector<std::string>{""}};
    if (values) {
      panel.series.push_back(shaded(line ? on_line(view.Z, 0) : view.Z, y, *values));
      panel.series.back().row_names = view.names;
    }
    for (std::size_t c = 0; !values && c < (by_class ? classes.size() : 1); ++c) {
      const Matrix rows = by_class ? Matrix(view.Z(members[c], Eigen::all)) : view.Z;
      panel.series.push_back({.name = by_class && keyed && !letters ? classes[c] : "",
                              .style = static_cast<Index>(c),
                              .rows = line ? on_line(rows, c) : rows,
                              .letter = letters ? classes[c] : "",
                              .row_names = by_class ? names_of(view, members[c]) : view.names});
    }
    picture.panels.push_back(std::move(panel));
  }
  if (values) {
    const auto [low, high] = std::minmax_element(values->begin(), values->end());
    picture.gradient = {label, *low, *high};
  }
  return picture;
}

}  // namespace maha::plot
