#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace maha {

/// What a computation reports: keys in the order in which they were set, each with a number, boolean, text or vector.
/// Learners fill it; the command line and the JSON writer print it without knowing the learner.
class Report {
 public:
  using Value = std::variant<bool, std::int64_t, double, std::string, std::vector<double>>;
  using Entry = std::pair<std::string, Value>;

  /// Sets `key`, keeping its place if it has one, otherwise at the end.
  Report& set(const std::string& key, Value value);
  Report& set(const std::string& key, const char* text) { return set(key, Value(std::string(text))); }
  template <std::integral Number>
  requires(!std::same_as<Number, bool>) Report& set(const std::string& key, Number number) {
    return set(key, Value(static_cast<std::int64_t>(number)));
  }

  /// The value of `key`, or nullptr.
  const Value* find(const std::string& key) const;

  const std::vector<Entry>& entries() const { return entries_; }
  bool empty() const { return entries_.empty(); }

 private:
  std::size_t place(const std::string& key) const;  // entries_.size() if it is not there

  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::size_t> places_;  // of the keys, once there are too many for a linear search
};

}  // namespace maha
