#pragma once

#include <functional>
#include <string>
#include <utility>

#include "core/error.hpp"
#include "core/types.hpp"

namespace maha::learn {

/// Rows that cannot be learned from because of some of their features. what() calls these by number, as "feature 3";
/// whoever knows their names has the same in text().
class FeaturesError : public InputError {
 public:
  using Name = std::function<std::string(Index feature)>;

  explicit FeaturesError(std::function<std::string(const Name&)> text) : InputError(text(&number)), text_(text) {}

  std::string text(const Name& name) const { return text_(name); }

 private:
  static std::string number(Index feature) { return "feature " + std::to_string(feature + 1); }

  std::function<std::string(const Name&)> text_;
};

}  // namespace maha::learn
