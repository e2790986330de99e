#pragma once

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace maha::data {

/// Finds the columns of a file by name, if it has a header, or by number from 1, negative from the end. A name that is
/// a number takes precedence over that number.
class ColumnNames {
 public:
  /// Columns without names. Messages name `file`.
  ColumnNames(std::size_t count, std::string file) : count_(count), file_(std::move(file)) {}

  /// Gives them names. Throws InputError if two have the same name, unless all but one of them are `dropped`. Nameless
  /// columns that are `called` by number are not found by their empty name if there are other nameless ones.
  void name(const std::vector<std::string>& names, const std::set<std::size_t>& dropped,
            const std::set<std::size_t>& called);

  /// The column of that name or number. Throws InputError, listing all columns, if it is `required` and does not exist.
  std::optional<std::size_t> find(const std::string& name, bool required) const;

  /// The column of that name; numbers are only names here.
  std::optional<std::size_t> find_name(const std::string& name) const;

  /// `the columns are a, b, class`.
  std::string listing() const;

 private:
  std::optional<std::size_t> find_number(const std::string& text) const;
  [[noreturn]] void fail_twice(const std::vector<std::size_t>& places) const;

  std::size_t count_;
  std::string file_;
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::vector<std::size_t>> places_;  // of each name
};

/// `column 3`, `columns 1, 3 and 4`.
std::string numbered(const std::vector<std::size_t>& columns);

}  // namespace maha::data
