#include "core/report.hpp"

#include <algorithm>

namespace maha {
namespace {

constexpr std::size_t kFew = 32;  // keys up to which a linear search is about as fast as a hash table

}  // namespace

std::size_t Report::place(const std::string& key) const {
  if (!places_.empty()) {
    const auto known = places_.find(key);
    return known == places_.end() ? entries_.size() : known->second;
  }
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.first == key; });
  return static_cast<std::size_t>(found - entries_.begin());
}

Report& Report::set(const std::string& key, Value value) {
  const std::size_t at = place(key);
  if (at < entries_.size()) {
    entries_[at].second = std::move(value);
    return *this;
  }
  entries_.emplace_back(key, std::move(value));
  if (entries_.size() <= kFew) return *this;
  for (std::size_t i = places_.size(); i < entries_.size(); ++i) places_.emplace(entries_[i].first, i);
  return *this;
}

const Report::Value* Report::find(const std::string& key) const {
  const std::size_t at = place(key);
  return at < entries_.size() ? &entries_[at].second : nullptr;
}

}  // namespace maha
