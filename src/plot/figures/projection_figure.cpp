#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>

#include "core/rows_by_class.hpp"
#include "core/text/characters.hpp"
#include "plot/figures/figures.hpp"
#include "plot/text.hpp"

namespace maha::plot {
namespace {

constexpr std::size_t kMostShapes = 8;  // classes up to which shapes suffice to tell them apart
constexpr std::size_t kMostInKey = 60;  // classes: a longer key would dwarf the panels
constexpr double kKeyHeight = 16;       // height of a name in the key

std::string component(const char* which, double share) {
  char text[32];
  std::snprintf(text, sizeof text, " (%.1f%% of variance)", 100 * share);
  return std::string(which) + " principal component" + text;
}

/// The range of the values, with room for marks at its ends; nothing if all are equal.
std::optional<std::pair<double, double>> range(const Vector& values) {
  const double low = values.minCoeff(), high = values.maxCoeff(), room = 0.04 * (high - low);
  return room > 0 ? std::optional(std::pair(low - room, high + room)) : std::nullopt;
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

}  // namespace

Picture projection_figure(const std::vector<ProjectionView>& views, const Labels& y,
                          const std::vector<std::string>& classes) {
  const bool labeled = !y.empty(), keyed = classes.size() <= kMostInKey;
  const bool letters = classes.size() > kMostShapes &&
                       std::all_of(classes.begin(), classes.end(),
                                   [](const auto& name) { return character_count(shown_text(name)) == 1; });
  std::vector<std::vector<Index>> members = rows_by_class(y);
  members.resize(classes.size());
  Picture picture{.columns = 2};
  for (const ProjectionView& view : views) {
    const bool line = view.share(1) == 0;
    Panel panel{.title = view.title,
                .x = {.label = component("first", view.share(0)), .range = range(view.Z.col(0))},
                .y = {.label = component("second", view.share(1)), .range = range(view.Z.col(1))}};
    if (line) panel.y = {.names = labeled ? classes : std::vector<std::string>{""}};
    for (std::size_t c = 0; c < (labeled ? classes.size() : 1); ++c) {
      const Matrix rows = labeled ? Matrix(view.Z(members[c], Eigen::all)) : view.Z;
      panel.series.push_back({.name = labeled && keyed && !letters ? classes[c] : "",
                              .style = static_cast<Index>(c),
                              .rows = line ? on_line(rows, c) : rows,
                              .letter = letters ? classes[c] : ""});
    }
    picture.panels.push_back(std::move(panel));
  }
  const double key = labeled && keyed && !letters ? kKeyHeight * static_cast<double>(classes.size()) : 0;
  picture.panel_width = picture.panel_height = std::max(300.0, key);
  return picture;
}

}  // namespace maha::plot
