#include "data/pairs/row_columns.hpp"

#include <algorithm>
#include <optional>

#include "core/text/number.hpp"
#include "data/columns/column_names.hpp"

namespace maha::data {
namespace {

using Names = std::vector<std::string>;

std::optional<std::size_t> find(const Names& header, const std::string& name) {
  const auto found = std::find_if(header.begin(), header.end(), [&](auto& field) { return lower(field) == name; });
  if (found == header.end() || name.empty()) return std::nullopt;
  return static_cast<std::size_t>(found - header.begin());
}

/// Whether the first column is an index, with enough columns after it: two, one of them the answer, do not make a pair.
bool begins_with_index(const Names& header, const Names& row, const RowColumns& columns) {
  if (!header[0].empty() || !whole_number(row[0])) return false;
  const std::size_t rest = header.size() - 1, answer = find(header, columns.answer) ? 1 : 0;
  return rest >= columns.least() && rest >= columns.names.size() + answer;
}

}  // namespace

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return text;
}

std::vector<std::size_t> places_under(const Names& header, const Names& row, const RowColumns& columns) {
  const std::size_t start = begins_with_index(header, row, columns) ? 1 : 0;
  std::vector<std::optional<std::size_t>> found;
  for (const std::string& name : columns.names) found.push_back(find(header, name));
  // One of these names alone means nothing: the columns j,k may be a pair too.
  if (std::count_if(found.begin(), found.end(), [](auto& place) { return place.has_value(); }) < 2) {
    found.assign(found.size(), std::nullopt);
  }
  found.push_back(find(header, columns.answer));

  std::vector<std::size_t> places;
  const auto next_free = [&](std::size_t c) {
    while (std::find(found.begin(), found.end(), c) != found.end()) ++c;
    return c;
  };
  for (std::size_t k = 0; k < columns.names.size(); ++k) {
    if (!found[k]) found[k] = next_free(start);
    places.push_back(*found[k]);
  }
  const std::size_t behind = start + places.size();
  const bool in_front = *std::max_element(places.begin(), places.end()) < behind;
  const bool may_follow = !columns.answer.empty() && !columns.answer_by_name;
  if (!found.back() && may_follow && in_front && behind < header.size()) found.back() = behind;
  if (found.back()) places.push_back(*found.back());
  return places;
}

}  // namespace maha::data
