#include "core/options/option_list.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <utility>

#include "core/error.hpp"
#include "core/text/likeness.hpp"
#include "core/text/names.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"

namespace maha {
namespace {

/// The names in "-k,--neighbors", without dashes.
std::vector<std::string> names_in(const std::string& names) {
  std::vector<std::string> all;
  for (std::size_t at = 0; at < names.size();) {
    const std::size_t end = std::min(names.find(',', at), names.size());
    const std::size_t begin = std::min(names.find_first_not_of('-', at), end);
    all.push_back(names.substr(begin, end - begin));
    at = end + 1;
  }
  return all;
}

/// The first name of more than one letter, if there is one.
std::string long_name_in(const std::string& names) {
  const std::vector<std::string> all = names_in(names);
  const auto found = std::find_if(all.begin(), all.end(), [](const std::string& name) { return name.size() > 1; });
  return found == all.end() ? all.front() : *found;
}

bool truth_from(const std::string& names, std::string text) {
  for (char& letter : text) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  for (const char* const yes : {"true", "yes", "on", "enable", "1"}) {
    if (text == yes) return true;
  }
  for (const char* const no : {"false", "no", "off", "disable", "0"}) {
    if (text == no) return false;
  }
  throw UsageError(names + ": " + in_quotes(text) + " is neither true nor false");
}

/// The default as help shows it.
std::string shown_default(const Option::Value& value) {
  if (!value) return "";
  if (const auto* const whole = std::get_if<std::int64_t>(&*value)) return std::to_string(*whole);
  if (const auto* const number = std::get_if<double>(&*value)) return format_number(*number);
  const auto* const text = std::get_if<std::string>(&*value);
  return text ? *text : "";
}

/// The value as the option would be given it.
std::string as_text(const Report::Value& value) {
  if (const auto* const truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
  return shown_default(value);
}

/// The value as a number, if it is one.
std::optional<double> as_number(const Option::Value& value) {
  if (!value) return std::nullopt;
  if (const auto* const whole = std::get_if<std::int64_t>(&*value)) return static_cast<double>(*whole);
  const auto* const number = std::get_if<double>(&*value);
  return number ? std::optional(*number) : std::nullopt;
}

}  // namespace

template <class Number>
Number number_from(const std::string& names, const std::string& text) {
  Number value = 0;
  if constexpr (std::is_unsigned_v<Number>) {  // a seed, which must fit what models and reports can hold
    const auto wanted = number_from<Index>(names, text);
    if (wanted < 0) throw UsageError(names + ": " + text + " must be at least 0");
    value = static_cast<Number>(wanted);
  } else if constexpr (std::is_floating_point_v<Number>) {
    if (!parse_number(text, value) || !std::isfinite(value))
      throw UsageError(names + ": " + in_quotes(text) + " is not a number");
  } else {
    const std::errc error = parse_whole(text, value);
    if (error == std::errc::result_out_of_range) throw UsageError(names + ": " + text + " is out of range");
    if (error != std::errc()) throw UsageError(names + ": " + in_quotes(text) + " is not a whole number");
  }
  return value;
}

template double number_from<double>(const std::string&, const std::string&);
template int number_from<int>(const std::string&, const std::string&);
template Index number_from<Index>(const std::string&, const std::string&);
template std::uint64_t number_from<std::uint64_t>(const std::string&, const std::string&);

// ---- One option -----------------------------------------------------------------------------------------------------

Option::Option(std::string names, std::string kind, std::string help, std::function<void(const std::string&)> set,
               std::function<Value()> value, std::string standing)
    : names_(std::move(names)),
      long_name_(long_name_in(names_)),
      kind_(std::move(kind)),
      help_(std::move(help)),
      standing_(std::move(standing)),
      set_(std::move(set)),
      value_(std::move(value)),
      recorded_(value_),
      first_(value_()) {}

Option& Option::or_zero() {
  zero_ = true;
  return *this;
}

Option& Option::without_default() {
  standing_.clear();
  return *this;
}

Option& Option::unrecorded() {
  return recorded_if([] { return false; });
}

Option& Option::recorded_if(std::function<bool()> condition) {
  condition_ = std::move(condition);
  return *this;
}

Option& Option::recorded_if_changed() {
  return recorded_if([value = value_, first = first_] { return value() != first; });
}

Option& Option::recorded_as(std::function<Value()> value) {
  recorded_ = std::move(value);
  return *this;
}

Option& Option::recorded_after(const std::string& long_name) {
  behind_ = long_name;
  return *this;
}

std::vector<std::string> Option::words() const {
  if (takes_ == Takes::word) return split(kind_, '|');
  if (kind_.find('|') == std::string::npos) return {};
  std::vector<std::string> words = split(kind_, '|');
  words.pop_back();
  return words;
}

bool Option::is_called(const std::string& name) const {
  const std::vector<std::string> all = names_in(names_);
  return std::find(all.begin(), all.end(), name) != all.end();
}

void Option::set(const std::string& text) {
  set_(text);
  given_ = true;
}

void Option::check() const {
  const std::optional<double> number = as_number(value_());
  if (!number || in_range(*number)) return;
  throw UsageError(names_ + ": must " + (std::isnan(*number) || std::isinf(*number) ? "be a finite number" : range()));
}

bool Option::in_range(double number) const {
  if (zero_ && number == 0) return true;
  if (!std::isfinite(number)) return false;
  const bool high_enough = low_.open ? number > low_.at : number >= low_.at;
  return high_enough && (high_.open ? number < high_.at : number <= high_.at);
}

/// What a number in range must do: "lie in (0, 1)", "be above 0".
std::string Option::range() const {
  if (!std::isfinite(high_.at)) return (low_.open ? "be above " : "be at least ") + format_number(low_.at);
  if (!std::isfinite(low_.at)) return (high_.open ? "be below " : "be at most ") + format_number(high_.at);
  return (low_.open ? "lie in (" : "lie in [") + format_number(low_.at) + ", " + format_number(high_.at) +
         (high_.open ? ")" : "]");
}

std::string Option::key() const {
  std::string key = long_name_;
  std::replace(key.begin(), key.end(), '-', '_');
  return key;
}

void Option::record(Report& report) const {
  if (condition_ && !condition_()) return;
  const Value value = recorded_();
  if (!value || *value == Report::Value(false)) return;
  report.set(key(), *value);
}

void Option::read_back(const Report& recorded, const std::string& place) {
  const Report::Value* const value = recorded.find(key());
  if (!value) return;
  try {
    set(as_text(*value));
    check();
  } catch (const UsageError& e) {  // "-k,--neighbors: must be at least 1"
    throw InputError(place + "." + key() + std::string(e.what()).substr(names_.size() + 1));
  }
}

// ---- The list -------------------------------------------------------------------------------------------------------

Option& OptionList::flag(const std::string& names, bool& variable, const std::string& help, bool meaning) {
  const auto set = [names, &variable, meaning](const std::string& text) {
    variable = truth_from(names, text) == meaning;
  };
  return custom(names, help, "", set, [&variable, meaning] { return Report::Value(variable == meaning); })
      .taking(Takes::nothing);
}

Option& OptionList::flag(const std::string& names, const std::function<void()>& action, const std::string& help) {
  const auto set = [names, action](const std::string& text) {
    if (truth_from(names, text)) action();
  };
  return custom(names, help, "", set, [] { return std::nullopt; }).taking(Takes::nothing);
}

Option& OptionList::custom(const std::string& names, const std::string& help, const std::string& kind,
                           std::function<void(const std::string&)> set, std::function<Option::Value()> value) {
  const std::string standing = shown_default(value());
  return options_.emplace_back(names, kind, help, std::move(set), std::move(value), standing);
}

Option& OptionList::choose(const std::string& names, const std::vector<std::string>& words, const std::string& help,
                           std::function<void(std::size_t)> set,
                           const std::function<std::optional<std::size_t>()>& which) {
  std::string listing;
  for (const std::string& word : words) listing += (listing.empty() ? "" : "|") + word;
  const auto pick = [names, words, listing, set = std::move(set)](const std::string& text) {
    const auto found = std::find(words.begin(), words.end(), text);
    if (found == words.end()) throw UsageError(names + ": " + in_quotes(text) + " is none of " + listing);
    set(static_cast<std::size_t>(found - words.begin()));
  };
  const auto word = [words, which]() -> Option::Value {
    const std::optional<std::size_t> i = which();
    return i ? Option::Value(words[*i]) : std::nullopt;
  };
  return custom(names, help, listing, pick, word).taking(Takes::word);
}

Option& OptionList::at(const std::string& name) { return const_cast<Option&>(std::as_const(*this).at(name)); }

const Option& OptionList::at(const std::string& name) const {
  const auto found =
      std::find_if(options_.begin(), options_.end(), [&](const Option& option) { return option.is_called(name); });
  if (found == options_.end()) {
    std::vector<std::string> names;
    for (const Option& option : options_) names.push_back(option.long_name());
    throw UsageError("there is no option " + in_quotes(name) + did_you_mean(name, names));
  }
  return *found;
}

void OptionList::set(const std::vector<Setting>& settings) {
  std::map<const Option*, std::string> names;
  for (const Setting& setting : settings) {
    const auto [same, first] = names.emplace(&at(setting.name), setting.name);
    if (first) continue;
    throw UsageError(in_quotes(same->second) + " and " + in_quotes(setting.name) + " are one option");
  }
  for (const Setting& setting : settings) at(setting.name).set(setting.value);
}

void OptionList::check() const {
  for (const Option& option : options_) option.check();
}

void OptionList::read_back(const Report& parameters, const std::string& place) {
  for (Option& option : options_) option.read_back(parameters, place);
}

Report OptionList::parameters() const {
  Report report;
  for (const Option& option : options_) {
    if (option.recorded_behind().empty()) option.record(report);
    for (const Option& other : options_) {
      if (other.recorded_behind() == option.long_name()) other.record(report);
    }
  }
  return report;
}

}  // namespace maha
