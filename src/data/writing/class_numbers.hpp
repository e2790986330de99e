#pragma once

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "data/rows/row_block.hpp"

namespace maha::data {

/// The number of each class, for formats that hold only numbers.
class ClassNumbers {
 public:
  /// From 0, in the order of these.
  explicit ClassNumbers(const std::vector<std::string>& classes);

  /// Those of a file as csv() wrote it, for rows that are to have the same. Throws InputError, naming file and line, if a
  /// number is not whole, or a class or a number stands twice.
  static ClassNumbers read(const std::string& path);

  /// Puts numbers in the place of labels. Throws InputError naming row and class if one is not listed.
  void apply(RowBlock& block) const;

  /// A line `number,class` for each, behind a header.
  std::string csv() const;

 private:
  ClassNumbers() = default;
  void add(const std::string& number, const std::string& name);

  std::vector<std::pair<std::string, std::string>> listed_;
  std::unordered_map<std::string, std::string> numbers_;  // of each class
  std::string file_;
};

}  // namespace maha::data
