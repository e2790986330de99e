#pragma once

#include <functional>
#include <string>
#include <vector>

#include "data/columns/columns.hpp"
#include "data/rows/read_options.hpp"
#include "data/rows/row_block.hpp"

namespace maha::data {

/// Leaves a block with these of its rows, which are counted from 0 and go up.
void keep_rows(RowBlock& block, const std::vector<Index>& kept);

/// What becomes of missing and infinite values, in formats whose fields are numbers already: NaN is a missing value,
/// and so are the numbers that the user calls missing.
class RowFilter {
 public:
  /// Where row i of a block is: `file: row 7`.
  using Place = std::function<std::string(Index i)>;

  RowFilter(const Columns& columns, const ReadOptions& options);

  /// Finishes a block whose X has all rows read, as its labels, targets and ids have: counts its rows from first_row on,
  /// fills in what is missing and passes over rows that are not usable. Throws InputError.
  void apply(RowBlock& block, const Place& place) const;

  /// Whether features stay as they are, of every row.
  bool leaves(const MatrixRef& X) const;

 private:
  bool take_label(RowBlock& block, Index i, const Place& place) const;
  bool take_target(RowBlock& block, Index i, const Place& place) const;
  bool take_features(RowBlock& block, Index i, const Place& place) const;
  bool is_missing(double value) const;
  void refuse_missing(double value, const std::string& where, const char* hint) const;

  const Columns columns_;
  const FieldReader fields_;
  MissingField missing_;
  Vector fill_;
};

/// Throws InputError, naming the file, if options that only CSV has were given. `what` the file is: `an IDX file`.
void refuse_csv_options(const ReadOptions& options, const ColumnRequest& request, const std::string& file,
                        const std::string& what);

}  // namespace maha::data
