#include "plot/axis_script.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/text/number.hpp"
#include "plot/text.hpp"

namespace maha::plot {
namespace {

struct Extent {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  bool any() const { return low <= high; }
};

/// The columns of a series' rows that lie along an axis.
std::vector<Index> columns_along(Series::Form form, Direction direction) {
  if (form == Series::Form::bars) return direction == Direction::x ? std::vector<Index>{0, 1} : std::vector<Index>{2};
  if (direction == Direction::y) return {1};
  return form == Series::Form::ranges ? std::vector<Index>{0, 2, 3} : std::vector<Index>{0};
}

Extent extent(const Panel& panel, Direction direction, bool log) {
  Extent extent;
  for (const Series& series : panel.series) {
    if (series.rows.rows() == 0) continue;
    for (const Index column : columns_along(series.form, direction)) {
      for (const double value : series.rows.col(column)) {
        if (!std::isfinite(value) || (log && value <= 0)) continue;
        extent.low = std::min(extent.low, value);
        extent.high = std::max(extent.high, value);
      }
    }
  }
  return extent;
}

/// 10⁻³
std::string power_of_ten(int exponent) {
  constexpr std::array digits = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  if (exponent == 0) return "1";
  std::string text = exponent < 0 ? "10⁻" : "10";
  for (const char c : std::to_string(std::abs(exponent))) text += digits[static_cast<std::size_t>(c - '0')];
  return text;
}

std::string log_tics(const Extent& shown) {
  constexpr int kMost = 8;  // decades with a tic each
  const int first = static_cast<int>(std::ceil(std::log10(shown.low)));
  const int last = static_cast<int>(std::floor(std::log10(shown.high)));
  std::string tics;
  const auto add = [&](const std::string& text, double value) {
    tics += (tics.empty() ? "(" : ", ") + quoted(text) + " " + format_number(value);
  };
  if (last - first < 2) {
    for (int e = first - 1; e <= last; ++e) {
      for (const int digit : {1, 2, 5}) {
        const double value = digit * std::pow(10, e);
        if (value >= shown.low && value <= shown.high) add(format_number(value), value);
      }
    }
  } else {
    const int step = (last - first) / kMost + 1;
    for (int e = first; e <= last; e += step) add(power_of_ten(e), std::pow(10, e));
  }
  return tics.empty() ? "autofreq" : tics + ")";
}

std::string name_tics(const std::vector<std::string>& names) {
  std::string tics;
  for (std::size_t i = 0; i < names.size(); ++i) {
    tics += (i > 0 ? ", " : "(") + quoted_format(names[i]) + " " + std::to_string(i + 1);
  }
  return tics + ")";
}

}  // namespace

std::string axis_script(const Panel& panel, Direction direction) {
  const Axis& axis = direction == Direction::x ? panel.x : panel.y;
  const std::string which = direction == Direction::x ? "x" : "y";
  std::string range = "*:*", tics = "autofreq";
  Extent shown = extent(panel, direction, axis.log);
  if (!axis.names.empty()) {
    const std::string end = format_number(static_cast<double>(axis.names.size()) + 0.5);
    range = direction == Direction::x ? "0.5:" + end : end + ":0.5";
    tics = name_tics(axis.names);
  } else if (axis.range || !shown.any()) {
    const auto [low, high] = axis.range.value_or(std::pair(axis.log ? 0.1 : 0.0, 1.0));
    range = format_number(low) + ":" + format_number(high);
    shown = {low, high};
  } else if (axis.log) {
    shown = {shown.low / 1.5, std::min(std::min(shown.high, kTopOfLogAxis) * 1.5, kTopOfLogAxis)};
    range = format_number(shown.low) + ":" + format_number(shown.high);
  }
  if (axis.log) tics = log_tics(shown);
  return std::string(axis.log ? "set" : "unset") + " logscale " + which + "\nset " + which + "range [" + range +
         "]\nset " + which + "tics " + tics + "\n";
}

}  // namespace maha::plot
