#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/types.hpp"

namespace maha::cli {

/// What maha-knn is to do, be it with classes or with numbers.
struct KnnTask {
  std::vector<Index> ks{3};
  bool leave_one_out = false;
  std::optional<std::string> test{};  ///< unless each training row is predicted by the others; nothing: standard input
  bool json = false;
  std::string output = "-";
  std::optional<std::string> predictions{};

  std::string test_file() const { return test.value_or("-"); }
};

}  // namespace maha::cli
