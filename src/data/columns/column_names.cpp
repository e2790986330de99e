#include "data/columns/column_names.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "io/text/csv_writer.hpp"

namespace maha::data {

void ColumnNames::name(const std::vector<std::string>& names, const std::set<std::size_t>& dropped,
                       const std::set<std::size_t>& called) {
  names_ = names;
  for (std::size_t c = 0; c < names.size(); ++c) places_[names[c]].push_back(c);
  for (auto& [name, places] : places_) {
    if (places.size() == 1) continue;
    const std::set<std::size_t>& set_apart = name.empty() ? called : dropped;
    std::vector<std::size_t> kept = places;
    std::erase_if(kept, [&](std::size_t c) { return set_apart.count(c) > 0; });
    if (!kept.empty()) places = kept;
  }
  for (std::size_t c = 0; c < names.size(); ++c) {  // in their order, for the message
    const std::vector<std::size_t>& places = places_[names[c]];
    const bool all_dropped = std::all_of(places.begin(), places.end(), [&](auto p) { return dropped.count(p) > 0; });
    if (places.size() > 1 && !names[c].empty() && !all_dropped) fail_twice(places);
  }
}

std::optional<std::size_t> ColumnNames::find(const std::string& name, bool required) const {
  const auto place = places_.find(name);
  if (place != places_.end() && place->second.size() > 1) fail_twice(place->second);
  if (place != places_.end()) return place->second.front();
  const auto number = find_number(name);
  if (required && !number) throw InputError(file_ + ": no column " + in_quotes(name) + "; " + listing());
  return number;
}

std::optional<std::size_t> ColumnNames::find_name(const std::string& name) const {
  const auto place = places_.find(name);
  return place == places_.end() ? std::nullopt : std::optional(place->second.front());
}

std::optional<std::size_t> ColumnNames::find_number(const std::string& text) const {
  const auto number = whole_number(text);
  const auto count = static_cast<long>(count_);
  if (number && *number >= 1 && *number <= count) return static_cast<std::size_t>(*number - 1);
  if (number && *number <= -1 && *number >= -count) return static_cast<std::size_t>(count + *number);
  return std::nullopt;
}

std::string ColumnNames::listing() const {
  if (names_.empty()) return (count_ == 1 ? "there is " : "there are ") + counted(count_, "column") + " and no header";
  std::vector<std::string> fields(names_.size());  // as --drop takes them: in quotes where a name holds a comma
  for (std::size_t c = 0; c < names_.size(); ++c) io::append_field(fields[c], names_[c]);
  return "the columns are " + maha::listing(fields);
}

void ColumnNames::fail_twice(const std::vector<std::size_t>& places) const {
  const std::string& name = names_[places[0]];
  if (!name.empty()) throw InputError(file_ + ": two columns are named " + in_quotes(name) + "; " + listing());
  throw InputError(file_ + ": " + numbered(places) + " have no name: call them by number");
}

std::string numbered(const std::vector<std::size_t>& columns) {
  std::string all = columns.size() > 1 ? "columns " : "column ";
  for (std::size_t i = 0; i < columns.size(); ++i) {
    all += (i == 0 ? "" : i + 1 < columns.size() ? ", " : " and ") + std::to_string(columns[i] + 1);
  }
  return all;
}

}  // namespace maha::data
