#pragma once

#include <string>

#include "core/error.hpp"
#include "core/types.hpp"

namespace maha::metric {

/// A metric in which a feature has an entry that is no number, or one whose square is none. A learner comes to one
/// where the values of that feature hardly differ.
class TooLarge : public InputError {
 public:
  TooLarge(const std::string& text, Index feature) : InputError(text), feature_(feature) {}
  Index feature() const { return feature_; }

 private:
  Index feature_;
};

}  // namespace maha::metric
