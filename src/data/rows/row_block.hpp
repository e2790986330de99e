#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/types.hpp"

namespace maha::data {

/// Some rows of a file.
struct RowBlock {
  Matrix X;                         ///< rows x features; the usable rows, or those of them that are dealt to this rank
  bool is_dealt = false;            ///< whether X has those alone
  RowVector first_of_dealt;         ///< then the first row read, whoever has it
  std::vector<Index> row;           ///< 1-based data row of each usable row
  std::vector<std::string> labels;  ///< of each usable row, if the file has labels
  std::vector<double> targets;      ///< in place of labels, if the file has a target
  std::vector<std::string> ids;     ///< of each usable row, if the file has ids
  Index first_row = 1;              ///< data row number of the first row read, usable or not
  Index rows_read = 0;
  std::vector<std::string_view> records;  ///< each row read, usable or not, with its line end, if records are kept
  std::shared_ptr<const void> bytes;      ///< keeps what `records` point into
};

}  // namespace maha::data
