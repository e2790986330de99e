#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "core/error.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "experiment/spec.hpp"
#include "plot/figures/figures.hpp"
#include "plot/layout/tics.hpp"

namespace maha::plot {
namespace {

using experiment::ResultsSummary;
using experiment::Spec;
using Entry = ResultsSummary::Entry;

constexpr double kDecades = 100;  // the largest value over the smallest from which the axis is a log axis

constexpr double kBeyondOnLog = 1.5, kRoomForMarks = 0.03;  // beyond the values, as a factor and as a part of the axis

/// Algorithms that differ in the value of the option alone, by their values; one alone of an algorithm without it.
struct PathLine {
  std::string name;
  std::map<double, std::size_t> algorithms{};
  bool level = false;
};

std::optional<double> number_of(const Setting& setting) {
  double value = 0;
  return parse_number(setting.value, value) && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

/// The range with room for marks at its ends.
std::pair<double, double> with_room(const std::pair<double, double>& ends) {
  const double room = kRoomForMarks * (ends.second - ends.first);
  return {ends.first - room, ends.second + room};
}

std::pair<double, double> on_log(const std::pair<double, double>& ends) {
  return {ends.first / kBeyondOnLog, std::min(ends.second, kTopOfLogAxis / kBeyondOnLog) * kBeyondOnLog};
}

/// A text that is no spec stands for an algorithm without options.
Spec spec_from(const std::string& text) {
  try {
    return experiment::parse_spec(text);
  } catch (const UsageError&) {
    return {text, {}};
  }
}

/// The spec without an option, the others in the order of their names.
std::string without(const Spec& spec, const std::string& option) {
  std::set<std::string> others;
  for (const Setting& other : spec.options) {
    if (other.name != option) others.insert(other.name + "=" + other.value);
  }
  std::string text = spec.learner;
  for (const std::string& other : others) text += (text.size() == spec.learner.size() ? ":" : ",") + other;
  return text;
}

/// All lines for an option, in the order of their first algorithms.
std::vector<PathLine> lines_over(const std::string& option, const ResultsSummary& results,
                                 const std::vector<Spec>& specs) {
  std::vector<PathLine> lines;
  for (std::size_t a = 0; a < specs.size(); ++a) {
    std::optional<double> value;
    for (const Setting& setting : specs[a].options) {
      if (setting.name == option) value = number_of(setting);
    }
    const std::string name = value ? without(specs[a], option) : results.algorithms[a];
    auto line = std::find_if(lines.begin(), lines.end(),
                             [&](const PathLine& other) { return other.level == !value && other.name == name; });
    if (line == lines.end()) line = lines.insert(line, {.name = name, .level = !value});
    line->algorithms.emplace(value.value_or(0), a);  // the first of those that only look different, as k=1 and k=1.0
  }
  return lines;
}

bool is_path(const PathLine& line) { return !line.level && line.algorithms.size() > 1; }

/// The only option in whose value alone algorithms differ.
std::string only_option(const ResultsSummary& results, const std::vector<Spec>& specs) {
  std::set<std::string> all, varied;
  for (const Spec& spec : specs) {
    for (const Setting& setting : spec.options) all.insert(setting.name);
  }
  for (const std::string& option : all) {
    const std::vector<PathLine> lines = lines_over(option, results, specs);
    if (std::any_of(lines.begin(), lines.end(), is_path)) varied.insert(option);
  }
  if (varied.size() == 1) return *varied.begin();
  if (varied.empty()) throw InputError("no two algorithms differ in the value of one option alone, a number");
  throw InputError("several options have values that differ: --option NAME, one of " +
                   listing(std::vector<std::string>(varied.begin(), varied.end())));
}

/// Results as they are drawn.
class Errors {
 public:
  explicit Errors(const ResultsSummary& results) : results_(results) {}

  std::string label() const { return results_.regression ? "RMSE" : "error"; }

  const Entry* find(std::size_t dataset, std::size_t algorithm) const {
    const auto& all = results_.entries;
    const auto found = std::find_if(all.begin(), all.end(), [&](const Entry& entry) {
      return entry.dataset == dataset && entry.algorithm == algorithm;
    });
    return found == all.end() ? nullptr : &*found;
  }
  double mean(const Entry& entry) const { return results_.regression ? entry.mean : 100 * (1 - entry.mean); }
  double sd(const Entry& entry) const { return results_.regression ? entry.sd : 100 * entry.sd; }
  double low(const Entry& entry) const { return std::max(0.0, mean(entry) - sd(entry)); }
  double high(const Entry& entry) const {
    return results_.regression ? mean(entry) + sd(entry) : std::min(100.0, mean(entry) + sd(entry));
  }

 private:
  const ResultsSummary& results_;
};

/// Adds a line on a data set: its band and its marks, or the level of an algorithm without the option.
void add_line(Panel& panel, const Errors& errors, const PathLine& line, std::size_t dataset, const std::string& name,
              Index style, const std::pair<double, double>& ends) {
  std::vector<Eigen::RowVector3d> bands;
  std::vector<Eigen::RowVector2d> points;
  for (const auto& [value, algorithm] : line.algorithms) {
    const Entry* entry = errors.find(dataset, algorithm);
    if (!entry) continue;
    for (const double x : line.level ? std::vector{ends.first, ends.second} : std::vector{value}) {
      points.emplace_back(x, errors.mean(*entry));
    }
    bands.emplace_back(value, errors.low(*entry), errors.high(*entry));
  }
  if (!line.level && bands.size() > 1) {
    panel.series.push_back({.form = Series::Form::band, .style = style, .rows = rows_from(bands)});
  }
  panel.series.push_back({.form = line.level ? Series::Form::line : Series::Form::line_of_marks,
                          .name = name,
                          .style = style,
                          .rows = rows_from(points),
                          .dashed = line.level});
}

}  // namespace

Picture path_figure(const ResultsSummary& results, const std::optional<std::string>& option) {
  std::vector<Spec> specs;
  for (const std::string& text : results.specs) specs.push_back(spec_from(text));
  const std::string varied = option ? *option : only_option(results, specs);
  const std::vector<PathLine> lines = lines_over(varied, results, specs);
  std::set<double> values;
  for (const PathLine& line : lines) {
    for (const auto& [value, algorithm] : line.algorithms) {
      if (!line.level) values.insert(value);
    }
  }
  if (values.empty()) throw InputError("no algorithm has a number for its option " + in_quotes(varied));

  const Errors errors(results);
  const std::pair ends{*values.begin(), *values.rbegin()};
  const bool log = ends.first > 0 && ends.second > kDecades * ends.first;
  const Axis x{.label = varied,
               .log = log,
               .range = log ? on_log(ends) : with_room(ends),
               .whole = std::all_of(values.begin(), values.end(), [](double v) { return v == std::floor(v); })};
  const Axis y{.label = errors.label() + ", mean ± standard deviation" + (results.regression ? "" : " (%)")};
  Picture picture{.columns = 2, .panel_width = 320, .panel_height = 240};
  const std::size_t sets = results.datasets.size();
  if (lines.size() == 1 && sets > 1 && !results.regression) {
    Panel panel{.title = lines.front().name, .x = x, .y = y};
    for (std::size_t s = 0; s < sets; ++s)
      add_line(panel, errors, lines.front(), s, results.datasets[s], static_cast<Index>(s), ends);
    picture.panels.push_back(std::move(panel));
    return picture;
  }
  for (std::size_t s = 0; s < sets; ++s) {
    Panel panel{.title = results.datasets[s], .x = x, .y = y};
    for (std::size_t l = 0; l < lines.size(); ++l)
      add_line(panel, errors, lines[l], s, lines[l].name, static_cast<Index>(l), ends);
    picture.panels.push_back(std::move(panel));
  }
  return picture;
}

}  // namespace maha::plot
