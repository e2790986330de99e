#pragma once

#include <string>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/types.hpp"

namespace maha::learn {

/// More directions asked for than there are features; what() calls these so, and text() components, which they are
/// after --pca or of a kernel.
class RankError : public InputError {
 public:
  RankError(Index rank, Index features)
      : InputError(text(rank, features, "feature")), rank_(rank), features_(features) {}
  std::string text() const { return text(rank_, features_, "component"); }

 private:
  static std::string text(Index rank, Index features, const char* what) {
    return "--rank " + std::to_string(rank) + ": there " + (features == 1 ? "is" : "are") + " only " +
           counted(features, what);
  }

  Index rank_, features_;
};

}  // namespace maha::learn
