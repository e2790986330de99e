#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/machine/parallel.hpp"
#include "core/shared_rows.hpp"
#include "core/types.hpp"
#include "data/columns/columns.hpp"
#include "data/rows/read_options.hpp"
#include "data/rows/row_source.hpp"
#include "data/table/labels.hpp"

namespace maha::data {

/// A file in memory: n usable rows.
struct Table {
  SharedRows X;                      ///< n x d; where a reader keeps rows back, those that are left
  Labels y;                          ///< n class ids, or empty without a label column
  Vector target;                     ///< n, or empty without a target column
  std::vector<std::string> classes;  ///< names of the classes, in their order (numeric if all are numbers)
  std::vector<std::string> ids;      ///< n, or empty without an id column
  std::vector<Index> row;            ///< 1-based data row of the file of each row of X
  Index rows_read = 0;               ///< data rows of the file, usable or not
  Vector fill;                       ///< d values that stand for missing ones, or empty if none are
  Columns columns;
  std::string name;  ///< the file, for messages

  Index rows() const { return static_cast<Index>(row.size()); }
  bool labeled() const { return columns.label && !columns.label_is_target; }
};

/// What is done with each block of usable rows before it is put into a table. It may drop rows of X, and of X alone. Where
/// there is such a function, rows are not mapped.
using BlockFn = std::function<void(RowBlock& block)>;

/// Reads all rows, opened with these options. Where missing values are filled and nothing says with what, they get
/// their column's mean. Throws InputError if no row is usable, a column has no value at all, or the label column, which
/// nobody named, holds numbers that are no integers.
Table read_table(RowSource& source, const ReadOptions& options = {}, const BlockFn& each = {});

/// The same of a file in any format.
Table read_table(const std::string& path, const ColumnRequest& request, const ReadOptions& options,
                 const Threads& threads = Threads());

/// Puts each column's mean in the place of its NaN, or the value given, and records them in the table. Throws
/// InputError if a column has no value at all.
void fill_missing(Table& table);
void fill_missing(Table& table, const Vector& fill);

/// Some rows of a table, with the classes that these have.
Table rows_of(const Table& table, const std::vector<Index>& rows);

/// Gives two tables one list of classes, so that equal ids mean equal labels.
void share_classes(Table& a, Table& b);

}  // namespace maha::data
