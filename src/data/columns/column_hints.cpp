#include "data/columns/column_hints.hpp"

#include <algorithm>

#include "core/text/characters.hpp"
#include "core/text/names.hpp"
#include "core/text/text.hpp"

namespace maha::data {
namespace {

constexpr std::size_t kMostHinted = 100;  // columns in a line

/// Whether a name has no special meaning to a shell, in a list of names or as an option.
bool is_plain(const std::string& name) {
  const auto plain = [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '.' || c >= 0x80; };
  return !name.empty() && std::all_of(name.begin(), name.end(), plain) && printable(name) == name;
}

/// Whether the column that would be taken for the label is named like one.
bool label_is_named(const Columns& columns) { return named_like_a_label(columns.label_name()); }

/// The column of text that is most likely the label: by its name, otherwise the first.
std::size_t likeliest(const Columns& columns, const std::vector<std::size_t>& texts) {
  const auto named = std::find_if(texts.begin(), texts.end(), [&](std::size_t c) {
    return columns.header && named_like_a_label(columns.names[c]);
  });
  return named == texts.end() ? texts.front() : *named;
}

/// If the number of features is fixed, the only remedy is to make the one column of text the label.
std::string label_instead(const Columns& columns, const std::vector<std::size_t>& texts, bool label_is_text) {
  const bool guessed = columns.label && !columns.label_is_sure && !label_is_text && !label_is_named(columns);
  return guessed && texts.size() == 1 ? ": " + label_hint(columns, texts[0]) : "";
}

}  // namespace

bool named_like_a_label(const std::string& name) {
  const std::string small = lower_case(name);
  return small == "label" || small == "class" || small == "target" || small == "y";
}

bool may_be_a_coordinate(const std::string& name) { return name == "y" || name == "Y"; }

std::string as_argument(const Columns& columns, std::size_t column) {
  return columns.header && is_plain(columns.names[column]) ? columns.names[column] : as_number(columns, column);
}

std::string as_number(const Columns& columns, std::size_t column) {
  const std::string number = std::to_string(column + 1);
  const bool is_a_name = std::find(columns.names.begin(), columns.names.end(), number) != columns.names.end();
  return is_a_name ? "-" + std::to_string(columns.count - column) : number;  // a name takes precedence over a number
}

std::string label_hint(const Columns& columns, std::size_t column) { return "--label " + as_argument(columns, column); }

std::string drop_hint(const Columns& columns, const std::vector<std::size_t>& dropped) {
  std::vector<std::string> arguments;
  for (const std::size_t c : dropped) arguments.push_back(as_argument(columns, c));
  return arguments.empty() ? "" : "--drop " + join(arguments, ",");
}

std::string text_hint(const Columns& columns, const std::vector<std::size_t>& texts, bool label_is_text) {
  if (columns.by_count) return label_instead(columns, texts, label_is_text);
  if (!columns.is_open || texts.size() > kMostHinted) return "";
  const std::string drop = ": " + drop_hint(columns, texts);
  if (columns.label_is_sure || label_is_named(columns)) return drop;
  const std::size_t label = likeliest(columns, texts);
  std::vector<std::size_t> others;
  for (const std::size_t c : texts) {
    if (c != label) others.push_back(c);
  }
  if (label_is_text) others.push_back(*columns.label);
  const std::string hint = label_hint(columns, label) + (others.empty() ? "" : " " + drop_hint(columns, others));
  if (!columns.label) return ": " + hint;
  const std::string assumed = " (" + columns.describe(*columns.label) + " is taken for the label)";
  return label_is_text ? assumed + ": " + hint + ", or " + drop_hint(columns, texts) : assumed + ": " + hint;
}

}  // namespace maha::data
