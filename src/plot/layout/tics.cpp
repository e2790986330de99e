#include "plot/layout/tics.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <tuple>

#include "core/text/number.hpp"
#include "plot/layout/text.hpp"

namespace maha::plot {
namespace {

constexpr double kMostTics = 10;          // of numbers on an axis
constexpr double kPitch = 1.2;            // least distance of names one above the other, in font sizes
constexpr double kPitchOfNumbers = 1.8;   // of numbers, which need not be that many
constexpr double kGapOfTics = 0.8;        // between texts side by side
constexpr double kLeastRange = 1e-200;    // smaller numbers are all 0 in a picture
constexpr double kLeastContrast = 1e-12;  // of a range, relative to its ends

struct Extent {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  bool any() const { return low <= high; }
};

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

/// Whether the tics' texts stand side by side.
bool fit(const Scale& scale, Direction direction, const TicRoom& room, double pitch = kPitchOfNumbers) {
  for (std::size_t i = 1; i < scale.tics.size(); ++i) {
    const Tic &a = scale.tics[i - 1], &b = scale.tics[i];
    const double between = room.length * std::abs(scale.part(b.at) - scale.part(a.at));
    const double widths = (text_width(a.text, room.size) + text_width(b.text, room.size)) / 2;
    const double least = direction == Direction::x ? widths + kGapOfTics * room.size : pitch * room.size;
    if (between < least) return false;
  }
  return true;
}

/// Every second tic, every third ..., so that they fit.
void thin_out(Scale& scale, Direction direction, const TicRoom& room, double pitch = kPitchOfNumbers) {
  const std::vector<Tic> all = scale.tics;
  for (std::size_t step = 2; scale.tics.size() > 1 && !fit(scale, direction, room, pitch); ++step) {
    scale.tics.clear();
    for (std::size_t i = 0; i < all.size(); i += step) scale.tics.push_back(all[i]);
  }
}

/// The steps of 1, 2 and 5 times powers of ten.
struct Step {
  int digit = 1, exponent = 0;

  double size() const { return digit * std::pow(10, exponent); }
  void widen() {
    exponent += digit == 5;
    digit = digit == 1 ? 2 : digit == 2 ? 5 : 1;
  }
  /// i steps, with a minus sign of its own.
  Tic tic(double i) const {
    char text[64];
    std::snprintf(text, sizeof text, "%.0fe%d", i * digit, exponent);
    Tic tic{i == 0 ? 0 : std::strtod(text, nullptr), {}};
    tic.text = format_number(tic.at);
    if (tic.text.starts_with("-")) tic.text.replace(0, 1, "−");
    return tic;
  }
};

/// Tics for a range, which is extended to the nearest ones unless it is fixed.
void set_linear(Scale& scale, bool fixed, Direction direction, const TicRoom& room) {
  const double low = std::min(scale.low, scale.high), high = std::max(scale.low, scale.high);
  if (!std::isfinite(high - low)) return;  // which is refused elsewhere
  Step step{1, static_cast<int>(std::floor(std::log10((high - low) / kMostTics)))};
  if (room.whole && step.exponent < 0) step = {};
  for (;; step.widen()) {
    constexpr double kSlack = 1e-9;  // of a step
    const double size = step.size();
    const double first = fixed ? std::ceil(low / size - kSlack) : std::floor(low / size + kSlack);
    const double last = fixed ? std::floor(high / size + kSlack) : std::ceil(high / size - kSlack);
    if (last - first > kMostTics) continue;
    scale.tics.clear();
    for (double i = first; i <= last; ++i) scale.tics.push_back(step.tic(i));
    if (!fixed) {
      scale.low = std::min(low, scale.tics.front().at);
      scale.high = std::max(high, scale.tics.back().at);
    }
    if (scale.tics.size() < 2 || fit(scale, direction, room)) return;
  }
}

void set_log(Scale& scale, Direction direction, const TicRoom& room) {
  const int first = static_cast<int>(std::ceil(std::log10(scale.low)));
  const int last = static_cast<int>(std::floor(std::log10(scale.high)));
  for (int e = first - 1; last - first < 2 && e <= last; ++e) {
    for (const int digit : {1, 2, 5}) {
      const double value = digit * std::pow(10, e);
      if (value >= scale.low && value <= scale.high) scale.tics.push_back({value, format_number(value)});
    }
  }
  if (scale.tics.size() >= 2 && fit(scale, direction, room)) return;
  scale.tics.clear();
  for (int e = first; e <= last; ++e) scale.tics.push_back({std::pow(10, e), power_of_ten(e)});
  thin_out(scale, direction, room);
  if (scale.tics.size() < 2) set_linear(scale, true, direction, room);
}

std::vector<Tic> name_tics(const Axis& axis, Direction direction, const TicRoom& room) {
  const std::vector<std::string> texts =
      direction == Direction::y ? shortened(axis.names, room.name, room.size) : axis.names;
  std::vector<Tic> tics;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    tics.push_back({axis.places.empty() ? static_cast<double>(i + 1) : axis.places[i], texts[i]});
  }
  return tics;
}

Scale named_scale(const Axis& axis, Direction direction, const TicRoom& room) {
  const double end = static_cast<double>(axis.names.size()) + 0.5;
  Scale scale{.low = 0.5, .high = end, .tics = name_tics(axis, direction, room)};
  if (direction == Direction::y) std::swap(scale.low, scale.high);
  if (axis.range) std::tie(scale.low, scale.high) = *axis.range;
  if (axis.places.empty()) thin_out(scale, direction, room, kPitch);
  return scale;
}

/// A range that is too small to be drawn, widened.
void widen(double& low, double& high) {
  const double size = std::max(std::abs(low), std::abs(high));
  if (high - low >= kLeastContrast * size && high - low >= kLeastRange) return;
  const double more = size < kLeastRange ? 1 : 1e-3 * size;
  low -= more;
  high += more;
}

Scale axis_scale(const Panel& panel, Direction direction, const TicRoom& room) {
  const Axis& axis = direction == Direction::x ? panel.x : panel.y;
  if (!axis.names.empty()) return named_scale(axis, direction, room);
  const Extent shown = extent(panel, direction, axis.log);
  Scale scale{.log = axis.log};
  if (axis.range || !shown.any()) {
    std::tie(scale.low, scale.high) = axis.range.value_or(std::pair(axis.log ? 0.1 : 0.0, 1.0));
  } else {
    scale.low = axis.log ? shown.low / 1.5 : shown.low;
    scale.high = axis.log ? std::min(std::min(shown.high, kTopOfLogAxis) * 1.5, kTopOfLogAxis) : shown.high;
  }
  if (axis.log) {
    set_log(scale, direction, room);
  } else {
    if (scale.low <= scale.high) widen(scale.low, scale.high);
    TicRoom numbers = room;
    numbers.whole = axis.whole;
    set_linear(scale, axis.range.has_value(), direction, numbers);
  }
  return scale;
}

/// The range with the same middle that is `length` long.
std::pair<double, double> about_middle(const std::pair<double, double>& range, double length) {
  const double middle = range.first / 2 + range.second / 2;
  return {middle - length / 2, middle + length / 2};
}

}  // namespace

std::vector<Index> columns_along(Series::Form form, Direction direction) {
  const bool along_x = direction == Direction::x;
  switch (form) {
    case Series::Form::bars:
    case Series::Form::spans:
      return along_x ? std::vector<Index>{0, 1} : std::vector<Index>{2};
    case Series::Form::boxes:
      return along_x ? std::vector<Index>{0, 1} : std::vector<Index>{2, 3};
    case Series::Form::band:
      return along_x ? std::vector<Index>{0} : std::vector<Index>{1, 2};
    case Series::Form::ranges:
      return along_x ? std::vector<Index>{0, 2, 3} : std::vector<Index>{1};
    default:
      return {along_x ? 0 : 1};
  }
}

double Scale::part(double value) const {
  if (log) return std::log(value / low) / std::log(high / low);
  return (value - low) / (high - low);
}

PanelScales panel_scales(const Panel& panel, const TicRoom& x, const TicRoom& y) {
  if (!panel.equal) return {axis_scale(panel, Direction::x, x), axis_scale(panel, Direction::y, y)};
  Panel equal{.x = panel.x, .y = panel.y};
  const auto length = [](const std::pair<double, double>& range) { return range.second - range.first; };
  const double unit = std::max(length(*panel.x.range) / x.length, length(*panel.y.range) / y.length);
  equal.x.range = about_middle(*panel.x.range, unit * x.length);
  equal.y.range = about_middle(*panel.y.range, unit * y.length);
  return {axis_scale(equal, Direction::x, x), axis_scale(equal, Direction::y, y)};
}

std::vector<Tic> right_names(const Panel& panel, const TicRoom& room) {
  return name_tics(panel.right, Direction::y, room);
}

std::vector<Tic> linear_tics(double low, double high, Direction direction, const TicRoom& room) {
  Scale scale{.low = low, .high = high};
  set_linear(scale, true, direction, room);
  return scale.tics;
}

}  // namespace maha::plot
