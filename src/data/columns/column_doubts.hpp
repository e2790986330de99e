#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/types.hpp"
#include "data/columns/columns.hpp"

namespace maha::data {

/// Looks for signs in the rows that a guess about their columns was wrong: a feature that only counts the rows, or a
/// label with nearly as many classes as rows.
class ColumnDoubts {
 public:
  explicit ColumnDoubts(const Columns& columns);

  /// The file's next rows: their features, and which data rows of the file they are.
  void add(const MatrixRef& X, const std::vector<Index>& row);

  /// More rows, whose features were not read.
  void add(Index rows) { rows_ += rows; }

  /// A warning for each doubt, to be called after all rows; `classes` is the number of classes found.
  std::vector<std::string> warnings(std::size_t classes, const std::string& file) const;

 private:
  /// The integers that a feature has had so far, until there are too many to be classes.
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

}  // namespace maha::data
