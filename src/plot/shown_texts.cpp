#include "plot/shown_texts.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <sstream>
#include <utility>

#include "data/table/utf8.hpp"
#include "plot/layout/text.hpp"
#include "plot/layout/tics.hpp"

namespace maha::plot {
namespace {

void for_each_text(Picture& picture, const std::function<void(std::string&)>& visit) {
  visit(picture.title);
  if (picture.gradient) visit(picture.gradient->label);
  for (Panel& panel : picture.panels) {
    visit(panel.title);
    for (Axis* axis : {&panel.x, &panel.y, &panel.right}) {
      visit(axis->label);
      for (std::string& name : axis->names) visit(name);
    }
    for (Series& series : panel.series) {
      for (std::string* text : {&series.name, &series.figures, &series.letter}) visit(*text);
    }
  }
}

/// Ranges of code points.
using Ranges = std::vector<std::pair<char32_t, char32_t>>;

/// "20-7e a0", in hexadecimal.
Ranges ranges_of(const std::string& sets) {
  Ranges ranges;
  std::istringstream words(sets);
  for (std::string word; words >> word;) {
    const std::size_t dash = word.find('-');
    const auto first = static_cast<char32_t>(std::strtoul(word.c_str(), nullptr, 16));
    const auto last =
        dash == std::string::npos ? first : static_cast<char32_t>(std::strtoul(word.c_str() + dash + 1, nullptr, 16));
    ranges.emplace_back(first, last);
  }
  return ranges;
}

bool has(const Ranges& ranges, char32_t code) {
  for (const auto& [first, last] : ranges) {
    if (first <= code && code <= last) return true;
  }
  return false;
}

/// How many rows a logarithmic axis, x or y, has no place for.
std::size_t hidden_values(const Series& series, bool on_y) {
  const Index column = columns_along(series.form, on_y ? Direction::y : Direction::x).front();
  std::size_t count = 0;
  for (Index i = 0; i < series.rows.rows(); ++i) {
    const double value = series.rows(i, column);
    if (std::isfinite(value) && value <= 0) ++count;
  }
  return count;
}

}  // namespace

std::vector<std::string> texts_not_utf8(const Picture& picture) {
  std::vector<std::string> found;
  Picture copy = picture;
  for_each_text(copy, [&](const std::string& text) {
    if (!data::is_utf8(text)) found.push_back(text);
  });
  return found;
}

std::string replace_unknown(Picture& picture, const std::string& sets) {
  const Ranges ranges = ranges_of(sets);
  std::string unknown;
  if (ranges.empty()) return unknown;
  for_each_text(picture, [&](std::string& text) {
    std::string drawn;
    for (const auto& [character, code] : coded_characters(text)) {
      const bool known = code < 0x80 || code == 0xFFFD || has(ranges, code);
      drawn += known ? character : "?";
      if (!known && unknown.find(character) == std::string::npos) unknown += character;
    }
    text = drawn;
  });
  return unknown;
}

std::string font_character_sets() {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(
      ::popen("fc-list --format '%{charset}\\n' :scalable=True 2>/dev/null", "r"), ::pclose);
  std::string sets;
  if (!pipe) return sets;
  char part[1 << 16];
  for (std::size_t n = 0; (n = std::fread(part, 1, sizeof part, pipe.get())) > 0;) sets.append(part, n);
  return sets;
}

std::vector<std::string> hidden_on_log_axes(const Picture& picture) {
  std::vector<std::string> texts;
  for (const Panel& panel : picture.panels) {
    for (const bool on_y : {false, true}) {
      const Axis& axis = on_y ? panel.y : panel.x;
      std::size_t count = 0;
      for (const Series& series : panel.series) count += axis.log ? hidden_values(series, on_y) : 0;
      if (count == 0) continue;
      const std::string values =
          count == 1 ? "a value of 0 or less has" : std::to_string(count) + " values of 0 or less have";
      texts.push_back(axis.label + ": " + values + " no place on the log scale");
    }
  }
  return texts;
}

}  // namespace maha::plot
