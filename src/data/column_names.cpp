#include "data/column_names.hpp"

#include <set>

#include "core/error.hpp"
#include "core/number.hpp"
#include "core/text.hpp"
#include "data/csv_writer.hpp"

namespace maha {

void ColumnNames::name(const std::vector<std::string>& names, const std::vector<std::string>& dropped) {
  names_ = names;
  for (std::size_t c = 0; c < names.size(); ++c) places_[names[c]].push_back(c);
  std::set<std::size_t> by_number;
  for (const std::string& column : dropped) {
    if (const auto c = find_number(column)) by_number.insert(*c);
  }
  for (std::size_t c = 0; c < names.size(); ++c) {
    std::vector<std::size_t> kept = places_[names[c]];
    if (kept.size() == 1) continue;
    std::erase_if(kept, [&](std::size_t place) { return by_number.count(place) > 0; });
    if (kept.size() > 1) fail_twice(kept);
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
  if (names_.empty()) return "there are " + std::to_string(count_) + " columns and no header";
  std::vector<std::string> fields(names_.size());  // as --drop takes them: in quotes where a name holds a comma
  for (std::size_t c = 0; c < names_.size(); ++c) append_field(fields[c], names_[c]);
  return "the columns are " + maha::listing(fields);
}

void ColumnNames::fail_twice(const std::vector<std::size_t>& places) const {
  const std::string& name = names_[places[0]];
  if (!name.empty()) throw InputError(file_ + ": two columns are named " + in_quotes(name) + "; " + listing());
  const std::string last = std::to_string(places[1] + 1);
  throw InputError(file_ + ": columns " + std::to_string(places[0] + 1) + " and " + last + " have no name: --drop " +
                   last);
}

}  // namespace maha
