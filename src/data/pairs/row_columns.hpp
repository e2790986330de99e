#pragma once

#include <string>
#include <vector>

namespace maha::data {

/// The columns of a file that refers to rows of a table, such as `i,j,similar`.
struct RowColumns {
  std::vector<std::string> names;  ///< the columns that name rows, in order
  std::string answer;              ///< the column after them; empty if there is none
  bool answer_required = false;
  bool answer_by_name = false;  ///< under a header only the column of that name is the answer

  std::size_t least() const { return names.size() + (answer_required ? 1 : 0); }
};

/// The positions of the columns under a header, that of the answer last, if there is one: by the header's names, in
/// upper or lower case, or one after the other if it does not have them. A nameless first column with an integer is the
/// index that pandas and R write, and is ignored.
std::vector<std::size_t> places_under(const std::vector<std::string>& header, const std::vector<std::string>& row,
                                      const RowColumns& columns);

/// The text with ASCII letters in lower case.
std::string lower(std::string text);

}  // namespace maha::data
