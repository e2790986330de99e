#include "io/text/report_text.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "core/text/text.hpp"
#include "io/text/text_table.hpp"

namespace maha::io {
namespace {

constexpr std::size_t kLongestValue = 1000;  // characters of a line

std::string value_text(const Report::Value& value) {
  struct {
    std::string operator()(bool b) const { return b ? "yes" : "no"; }
    std::string operator()(std::int64_t i) const { return std::to_string(i); }
    std::string operator()(double x) const { return short_number(x); }
    std::string operator()(const std::string& s) const { return s; }
    std::string operator()(const std::vector<double>& v) const {
      constexpr std::size_t kMost = 8;
      std::string all;
      for (std::size_t i = 0; i < std::min(v.size(), kMost); ++i) all += (i > 0 ? " " : "") + short_number(v[i]);
      return v.size() > kMost ? all + " ... (" + std::to_string(v.size()) + " in all)" : all;
    }
  } as_text;
  return std::visit(as_text, value);
}

}  // namespace

std::string short_number(double value, int digits) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value, std::chars_format::general, digits).ptr};
}

std::string fixed_number(double value, int decimals) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, decimals).ptr};
}

std::string format_lines(const Report& report) {
  std::string text;
  for (const auto& [key, value] : report.entries())
    text += shown(key) + ": " + shown(value_text(value), kLongestValue) + "\n";
  return text;
}

std::string report_text(const Report& report) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& [key, value] : report.entries()) {
    std::string words = key;
    std::replace(words.begin(), words.end(), '_', ' ');
    rows.push_back({words, value_text(value)});
  }
  return text_table(rows);
}

}  // namespace maha::io
