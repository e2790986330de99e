#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/types.hpp"
#include "data/columns/columns.hpp"

namespace maha {

/// Looks at rows for signs that a guess about their columns went wrong: a feature that only counts the rows, a label
/// that has nearly as many classes as there are rows.
class ColumnDoubts {
 public:
  explicit ColumnDoubts(const Columns& columns);

  /// The file's next rows: their features, and which data rows of the file they are.
  void add(const MatrixRef& X, const std::vector<Index>& row);

  /// More rows, of which the features were not read.
  void add(Index rows) { rows_ += rows; }

  /// What is doubtful, a warning each, after all rows; `classes` of them were found.
  std::vector<std::string> warnings(std::size_t classes, const std::string& file) const;

 private:
  /// The whole numbers that a feature took so far, until they are too many for classes.
  struct Values {
    std::size_t column;
    Index slot;
    std::vector<double> seen{};
  };

  void look_for_labels(const MatrixRef& X);
  std::optional<std::size_t> other_label() const;

  Columns columns_;
  Index rows_ = 0;
  double offset_ = 0;        // of the first feature over the number of its row
  bool counts_rows_ = true;  // so far
  std::vector<Values> few_;  // features that may be labels
};

}  // namespace maha
