#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "core/types.hpp"

namespace maha::data {

/// Turns label texts into class ids. Ids are in the order of first appearance until sort() puts the classes in their
/// order: numeric if all are numbers, otherwise by bytes.
class LabelCoder {
 public:
  int encode(const std::string& label);

  /// Sorts the classes and renumbers `ids` from this coder accordingly.
  void sort(const std::vector<Labels*>& ids);

  const std::vector<std::string>& classes() const { return classes_; }

 private:
  std::vector<std::string> classes_;
  std::unordered_map<std::string, int> ids_;
};

}  // namespace maha::data
