#include <algorithm>
#include <cstdio>
#include <limits>
#include <numeric>

#include "core/error.hpp"
#include "core/text/number.hpp"
#include "plot/figures/figures.hpp"

namespace maha::plot {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// Downwards from the axis, in lines of text: the first bar, from one bar to the next, from the last one to the names.
constexpr double kFirstBar = 0.5, kNextBar = 0.4, kToNames = 0.9;
constexpr double kBeyond = 0.008;    // of the axis, that a bar is longer at either end
constexpr double kLineOfNames = 21;  // height of a line, in 1/96 inch

/// Points of a broken line: NaN stands between pieces.
class Pieces {
 public:
  void add(std::initializer_list<std::pair<double, double>> points) {
    if (!points_.empty()) points_.emplace_back(kNan, kNan);
    points_.insert(points_.end(), points);
  }
  Matrix rows() const {
    Matrix rows(static_cast<Index>(points_.size()), 2);
    for (std::size_t i = 0; i < points_.size(); ++i)
      rows.row(static_cast<Index>(i)) << points_[i].first, points_[i].second;
    return rows;
  }

 private:
  std::vector<std::pair<double, double>> points_;
};

/// Runs of algorithms, by their places from the best, that differ by less than the critical difference; none that is
/// part of another.
std::vector<std::pair<std::size_t, std::size_t>> alike(const std::vector<double>& ranks, double critical_difference) {
  std::vector<std::pair<std::size_t, std::size_t>> runs;
  std::size_t reached = 0;
  for (std::size_t first = 0; first < ranks.size(); ++first) {
    std::size_t last = first;
    while (last + 1 < ranks.size() && ranks[last + 1] - ranks[first] < critical_difference) ++last;
    if (last > first && last > reached) runs.emplace_back(first, last);
    reached = std::max(reached, last);
  }
  return runs;
}

std::string two_digits(const std::string& before, double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  return before + text;
}

/// Bars, each on the first line where it touches no other; the number of lines.
std::size_t add_bars(Panel& panel, const std::vector<double>& ranks, double critical_difference) {
  const std::vector<std::pair<std::size_t, std::size_t>> runs = alike(ranks, critical_difference);
  Matrix bars(static_cast<Index>(runs.size()), 3);
  std::vector<std::size_t> ends;  // of each line
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const auto [first, last] = runs[i];
    std::size_t line = 0;
    while (line < ends.size() && ends[line] >= first) ++line;
    if (line == ends.size()) ends.push_back(0);
    ends[line] = last;
    const double more = kBeyond * static_cast<double>(ranks.size());
    bars.row(static_cast<Index>(i)) << ranks[first] - more, ranks[last] + more,
        kFirstBar + kNextBar * static_cast<double>(line);
  }
  panel.series.push_back({.form = Series::Form::spans, .style = 1, .rows = bars});
  return ends.size();
}

/// From the worst rank to the best; where the critical difference is longer, so that nothing can be told apart, further
/// to the left, with tics at what can be ranks.
Axis rank_axis(std::size_t k, double critical_difference) {
  const auto most = static_cast<double>(k);
  Axis axis{.range = {{std::max(most, 1 + critical_difference), 1}}};
  for (std::size_t rank = 1; axis.range->first > most && rank <= k; ++rank) axis.names.push_back(std::to_string(rank));
  return axis;
}

}  // namespace

Picture ranks_figure(const experiment::ResultsSummary& results, double critical_difference, double level) {
  const std::size_t k = results.algorithms.size(), sets = results.datasets.size();
  if (k < 2 || sets < 2) throw InputError("mean ranks are of two algorithms and two data sets at least");
  if (!std::all_of(results.ranks.begin(), results.ranks.end(), [](const auto& rank) { return rank.has_value(); })) {
    throw InputError("an algorithm has no mean rank");
  }
  std::vector<std::size_t> order(k);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return *results.ranks[a] < *results.ranks[b]; });
  std::vector<double> ranks;
  for (const std::size_t a : order) ranks.push_back(*results.ranks[a]);

  Panel panel{.title = "mean rank over " + std::to_string(sets) + " data sets",
              .x = rank_axis(k, critical_difference),
              .x_above = true};
  panel.x.label = "joined: not told apart (Nemenyi, level " + format_number(level) + ")";
  const double left = panel.x.range->first;
  const double top =
      kFirstBar + kNextBar * static_cast<double>(add_bars(panel, ranks, critical_difference)) - kNextBar + kToNames;
  panel.y.bare = true;
  Pieces lines;
  const std::size_t right = (k + 1) / 2;  // the better half, the best one uppermost on either side
  for (std::size_t i = 0; i < k; ++i) {
    const bool is_right = i < right;
    const double y = top + static_cast<double>(is_right ? i : k - 1 - i);
    Axis& side = is_right ? panel.right : panel.y;
    side.names.push_back(results.algorithms[order[i]]);
    side.places.push_back(y);
    lines.add({{ranks[i], 0}, {ranks[i], y}, {is_right ? 1 : left, y}});
  }
  panel.series.push_back({.form = Series::Form::line, .style = 6, .rows = lines.rows()});
  const double scale = top + static_cast<double>(right);
  panel.y.names.push_back(two_digits("CD = ", critical_difference));
  panel.y.places.push_back(scale);
  Pieces length;
  const double end = std::max(1.0, left - critical_difference), cap = 0.2;  // within the axis when rounded
  length.add({{left, scale}, {end, scale}});
  for (const double at : {left, end}) length.add({{at, scale - cap}, {at, scale + cap}});
  panel.series.push_back({.form = Series::Form::line, .style = 0, .rows = length.rows()});
  panel.y.range = {{scale + 0.6, 0}};
  return {.panels = {std::move(panel)}, .panel_width = 330, .panel_height = kLineOfNames * (scale + 0.6)};
}

}  // namespace maha::plot
