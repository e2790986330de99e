#pragma once
/// What the sources that read and write JSON share; nothing else includes it.

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>

#include "core/error.hpp"

namespace maha {

using Json = nlohmann::ordered_json;

/// Words for the values of an enumeration.
template <class E>
using JsonWords = std::map<std::string, E>;
template <class E>
std::string word(const JsonWords<E>& words, E value) {
  return std::find_if(words.begin(), words.end(), [&](const auto& w) { return w.second == value; })->first;
}

/// An object whose keys are taken one by one; what is left over at the end was not known.
class JsonKeys {
 public:
  JsonKeys(const Json& object, std::string place) : object_(object), place_(std::move(place)) {
    if (!object.is_object()) fail("is no object");
  }

  [[noreturn]] void fail(const std::string& what) const { throw InputError(place_ + " " + what); }

  /// The value of a key; nullptr if it is absent or null.
  const Json* find(const std::string& key) {
    known_.insert(key);
    const auto found = object_.find(key);
    return found == object_.end() || found->is_null() ? nullptr : &*found;
  }

  template <class T>
  void take(const std::string& key, T& value) {
    const Json* found = find(key);
    if (!found) return;
    constexpr bool whole = std::is_integral_v<T>;
    const bool fits = whole ? found->is_number_integer() && (std::is_signed_v<T> || found->is_number_unsigned())
                      : std::is_floating_point_v<T> ? found->is_number()
                      : std::is_same_v<T, std::string>
                          ? found->is_string()
                          : found->is_array() && std::all_of(found->begin(), found->end(),
                                                             [](const Json& item) { return item.is_string(); });
    const char* const wanted = whole ? (std::is_signed_v<T> ? "a whole number" : "a whole number from 0 on")
                               : std::is_floating_point_v<T>    ? "a number"
                               : std::is_same_v<T, std::string> ? "text"
                                                                : "a list of texts";
    if (!fits) throw InputError(place_ + "." + key + " is " + found->dump() + ", and not " + wanted);
    value = found->get<T>();
  }
  template <class T>
  void take(const std::string& key, std::optional<T>& value) {
    T given{};
    if (!find(key)) return;
    take(key, given);
    value = given;
  }
  template <class E>
  void take(const std::string& key, E& value, const JsonWords<E>& words) {
    std::string text = word(words, value), listing;
    take(key, text);
    for (const auto& [name, ignored] : words) listing += (listing.empty() ? "" : "|") + name;
    if (!words.contains(text)) throw InputError(place_ + "." + key + ": '" + text + "' is none of " + listing);
    value = words.at(text);
  }

  void done() const {
    for (const auto& [key, ignored] : object_.items()) {
      if (!known_.contains(key)) throw InputError(place_ + "." + key + " is not known");
    }
  }

 private:
  const Json& object_;
  std::string place_;
  std::set<std::string> known_;
};

inline Json parse_json(const std::string& text) {
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& e) {
    const std::string before = text.substr(0, e.byte > 0 ? e.byte - 1 : 0);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    throw InputError("not JSON: at line " + std::to_string(line) + ", column " +
                     std::to_string(before.size() - (before.rfind('\n') + 1) + 1));
  }
}

/// As text, in UTF-8 or not at all.
inline std::string dump_json(const Json& json, int indent = -1) {
  try {
    return json.dump(indent);
  } catch (const Json::exception&) {
    throw InputError("a name is not UTF-8, which JSON must be");
  }
}

}  // namespace maha
