#include <algorithm>
#include <array>

#include "core/text/rounded.hpp"
#include "plot/figures/feature_bars.hpp"
#include "plot/figures/figures.hpp"
#include "plot/layout/text.hpp"

namespace maha::plot {
namespace {

constexpr std::array<Index, kMostNeighbors> kStyles = {0, 2, 3, 4, 5, 6};  // of neighbours
constexpr Index kStyleOfOther = 1;

using Beside = data::ToldExplanation::Beside;

/// Of the features from the `first` on one by one, and the others together.
Vector bars_of(const Beside& row, Index shown, bool has_rest) {
  Vector values(shown + has_rest);
  values.head(shown) = row.contributions.head(shown);
  if (has_rest) values(shown) = row.contributions.tail(row.contributions.size() - shown).sum() + row.others;
  return values;
}

std::string sum_of(const Beside& row) { return "  (sum " + rounded(row.squared) + ")"; }

}  // namespace

Picture explanation_figure(const data::ToldExplanation& told, Index top) {
  std::vector<const Beside*> rows;
  for (const Beside& row : told.rows) {
    if (row.other || rows.size() < kMostNeighbors) rows.push_back(&row);
  }
  const auto features = static_cast<Index>(told.features.size());
  const bool hidden = std::any_of(rows.begin(), rows.end(), [](const Beside* row) { return row->others != 0; });
  const bool only_last = !hidden && features == top + 1;  // which takes no more room than "1 other"
  const Index shown = only_last ? features : std::min(top, features);
  std::vector<std::string> names(told.features.begin(), told.features.begin() + shown);
  if (hidden) {
    names.emplace_back("all others");
  } else if (shown < features) {
    names.push_back(std::to_string(features - shown) + " others");
  }
  const bool has_rest = hidden || shown < features;
  FeatureBars bars(names, rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Beside& row = *rows[i];
    const std::string place = row.other ? "other" : "near " + std::to_string(i + 1);
    bars.add(bars_of(row, shown, has_rest), row.other ? kStyleOfOther : kStyles[i],
             place + ": row " + row.row + ", " + row.label, sum_of(row));
  }
  const std::string radius = told.radius ? ", radius " + rounded(*told.radius) : ", and nothing changes that";
  return bars.picture(with_figures("row " + told.query + " is taken for " + told.predicted, radius),
                      "contribution to the squared distance");
}

}  // namespace maha::plot
