#pragma once

#include <string>
#include <vector>

namespace maha {

/// Columns of a file that calls rows of a table, as `i,j,similar`.
struct RowColumns {
  std::vector<std::string> names;  ///< the columns that name rows, in order
  std::string answer;              ///< the column behind them; empty if there is none
  bool answer_required = false;

  std::size_t least() const { return names.size() + (answer_required ? 1 : 0); }
};

/// Where the columns stand under a header, the answer's last and left out where there is none: where it names them, in
/// any case of letters, and one after the other where it does not. A first column without a name over a whole number is
/// the index that pandas and R write, and is passed over.
std::vector<std::size_t> places_under(const std::vector<std::string>& header, const std::vector<std::string>& row,
                                      const RowColumns& columns);

/// The text with small letters of ASCII.
std::string lower(std::string text);

}  // namespace maha
