#pragma once
/// Shared by the sources that read and write JSON; nothing else includes it.

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "io/json.hpp"

namespace maha::io {

/// Words for the values of an enumeration.
template <class E>
using JsonWords = std::map<std::string, E>;
template <class E>
std::string word(const JsonWords<E>& words, E value) {
  return std::find_if(words.begin(), words.end(), [&](const auto& w) { return w.second == value; })->first;
}

/// A kind of value in words, and whether a JSON value is of that kind.
template <class T>
struct JsonKind {  // whole numbers
  static constexpr const char* name = std::is_signed_v<T> ? "a whole number" : "a whole number from 0 on";
  static bool fits(const Json& json) {
    if (json.is_number_unsigned()) return std::in_range<T>(json.get<std::uint64_t>());
    return json.is_number_integer() && std::in_range<T>(json.get<std::int64_t>());
  }
};
template <>
struct JsonKind<bool> {
  static constexpr const char* name = "true or false";
  static bool fits(const Json& json) { return json.is_boolean(); }
};
template <>
struct JsonKind<double> {
  static constexpr const char* name = "a number";
  static bool fits(const Json& json) { return json.is_number(); }
};
template <>
struct JsonKind<std::string> {
  static constexpr const char* name = "text";
  static bool fits(const Json& json) { return json.is_string(); }
};
template <>
struct JsonKind<std::vector<std::string>> {
  static constexpr const char* name = "a list of texts";
  static bool fits(const Json& json) {
    return json.is_array() && std::all_of(json.begin(), json.end(), [](const Json& item) { return item.is_string(); });
  }
};

/// An object whose keys are taken one by one; keys left over at the end are unknown.
class JsonKeys {
 public:
  JsonKeys(const Json& object, std::string place) : object_(object), place_(std::move(place)) {
    if (!object.is_object()) fail("is no object");
  }

  [[noreturn]] void fail(const std::string& what) const { throw InputError(place_ + " " + what); }
  [[noreturn]] void fail(const std::string& key, const std::string& what) const {
    throw InputError(place_ + "." + shown(key) + what);
  }

  /// The value of a key; nullptr if it is absent or null.
  const Json* find(const std::string& key) {
    known_.insert(key);
    const auto found = object_.find(key);
    return found == object_.end() || found->is_null() ? nullptr : &*found;
  }

  /// Takes the value of a key, if it is there.
  template <class T>
  void take(const std::string& key, T& value) {
    const Json* found = find(key);
    if (!found) return;
    if (!JsonKind<T>::fits(*found)) fail(key, " is " + brief(*found) + ", and not " + JsonKind<T>::name);
    value = found->get<T>();
  }
  template <class T>
  void take(const std::string& key, std::optional<T>& value) {
    if (!find(key)) return;
    take(key, value.emplace());
  }
  template <class E>
  void take(const std::string& key, E& value, const JsonWords<E>& words) {
    std::string text = word(words, value), listing;
    take(key, text);
    for (const auto& [name, ignored] : words) listing += (listing.empty() ? "" : "|") + name;
    if (!words.contains(text)) fail(key, ": " + in_quotes(text) + " is none of " + listing);
    value = words.at(text);
  }
  /// A number in [least, most], if the key is there.
  template <class T>
  void take(const std::string& key, T& value, std::type_identity_t<T> least,
            std::type_identity_t<T> most = std::numeric_limits<T>::max()) {
    const Json* found = find(key);
    take(key, value);
    if (!found || (value >= least && value <= most)) return;
    if (least == most) fail(key, " is " + brief(*found) + ", and not " + Json(least).dump());
    const std::string to = most == std::numeric_limits<T>::max() ? " on" : " to " + Json(most).dump();
    fail(key, " is " + brief(*found) + ", and not from " + Json(least).dump() + to);
  }

  /// The same for a mandatory key.
  template <class T, class... Range>
  void need(const std::string& key, T& value, Range... range) {
    if (!find(key)) fail("has no " + key);
    take(key, value, range...);
  }

  void done() const {
    for (const auto& [key, ignored] : object_.items()) {
      if (!known_.contains(key)) fail(key, " is not known");
    }
  }

 private:
  const Json& object_;
  std::string place_;
  std::set<std::string> known_;
};

}  // namespace maha::io
