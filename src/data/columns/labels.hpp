#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "core/types.hpp"

namespace maha {

/// Label texts as class ids. Ids count in the order of first sight until sort() puts the classes in their order:
/// numeric if all are numbers, else by bytes.
class LabelCoder {
 public:
  int encode(const std::string& label);

  /// Sorts the classes and renames `ids`, which this coder gave, with them.
  void sort(const std::vector<Labels*>& ids);

  const std::vector<std::string>& classes() const { return classes_; }

 private:
  std::vector<std::string> classes_;
  std::unordered_map<std::string, int> ids_;
};

}  // namespace maha
