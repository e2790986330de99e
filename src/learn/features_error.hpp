#pragma once

#include <functional>
#include <string>
#include <utility>

#include "core/error.hpp"
#include "core/types.hpp"

namespace maha::learn {

/// Rows that cannot be learned from because of some of their features. what() calls these by number, as "feature 3";
/// whoever knows their names has the same in text(). `remedy`, at its end, is for features that are columns of a file.
class FeaturesError : public InputError {
 public:
  using Name = std::function<std::string(Index feature)>;
  using Text = std::function<std::string(const Name&)>;

  explicit FeaturesError(Text text, std::string remedy = "")
      : InputError(text(&number) + remedy), text_(std::move(text)), remedy_(std::move(remedy)) {}

  std::string text(const Name& name) const { return text_(name) + remedy_; }

  /// The same with another remedy, where there is one, for features that are no columns.
  std::string text(const Name& name, const std::string& other) const {
    return text_(name) + (remedy_.empty() ? "" : other);
  }

 private:
  static std::string number(Index feature) { return "feature " + std::to_string(feature + 1); }

  Text text_;
  std::string remedy_;
};

}  // namespace maha::learn
