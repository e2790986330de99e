#include "data/table/table.hpp"

#include <cmath>
#include <deque>
#include <limits>

#include "core/error.hpp"
#include "core/machine/large_array.hpp"
#include "core/rows_by_class.hpp"
#include "data/formats.hpp"
#include "data/table/doubtful_labels.hpp"

namespace maha::data {
namespace {

/// One matrix of all blocks, each freed as it is copied.
Matrix gather(std::deque<Matrix>& parts, Index rows, Index dims) {
  if (parts.size() == 1) return std::move(parts.front());
  Matrix X(rows, dims);
  want_large_pages(X);
  for (Index at = 0; !parts.empty(); parts.pop_front()) {
    X.middleRows(at, parts.front().rows()) = parts.front();
    at += parts.front().rows();
  }
  return X;
}

/// The rows of these numbers, counted from 1, which go up.
SharedRows chosen(const SharedRows& X, const std::vector<Index>& row) {
  if (std::ssize(row) == X.rows()) return X;
  Matrix some(std::ssize(row), X.cols());
  want_large_pages(some);
  for (Index i = 0; i < some.rows(); ++i) some.row(i) = X.row(row[static_cast<std::size_t>(i)] - 1);
  return some;
}

/// The mean of each column over the rows in which it has a value, in the order of the rows.
class MeansOfPresent {
 public:
  explicit MeansOfPresent(Index dims) : means_(Vector::Zero(dims)), counts_(Vector::Zero(dims)) {}

  void add(const MatrixRef& X) {
    for (Index i = 0; i < X.rows(); ++i) {
      for (Index j = 0; j < X.cols(); ++j) {
        if (std::isnan(X(i, j))) continue;
        counts_[j] += 1;
        means_[j] += (X(i, j) - means_[j]) / counts_[j];
      }
    }
  }

  /// Throws InputError naming a column of the table that has no value.
  Vector of(const Table& table) const {
    for (Index j = 0; j < means_.size(); ++j) {
      if (counts_[j] > 0) continue;
      throw InputError(table.name + ": " + table.columns.describe(table.columns.features[static_cast<std::size_t>(j)]) +
                       " has no value in any row: --drop it");
    }
    return means_;
  }

 private:
  Vector means_, counts_;
};

}  // namespace

Table read_table(const std::string& path, const ColumnRequest& request, const ReadOptions& options,
                 const Threads& threads) {
  return read_table(*open_rows(path, request, options, threads), options);
}

Table read_table(RowSource& source, const ReadOptions& options, const BlockFn& each) {
  source.check_room(std::numeric_limits<Index>::max());
  Table table;
  table.columns = source.columns();
  table.name = source.name();
  LabelCoder coder;
  std::deque<Matrix> parts;
  std::vector<double> targets;
  const bool fill_in = options.missing == MissingField::fill && options.fill.size() == 0;
  MeansOfPresent means(table.columns.dims());
  Index rows = 0;
  const std::optional<SharedRows> mapped = each ? std::nullopt : source.map();
  for (RowBlock block; source.next(block);) {
    for (const std::string& label : block.labels) table.y.push_back(coder.encode(label));
    targets.insert(targets.end(), block.targets.begin(), block.targets.end());
    table.ids.insert(table.ids.end(), std::make_move_iterator(block.ids.begin()),
                     std::make_move_iterator(block.ids.end()));
    table.row.insert(table.row.end(), block.row.begin(), block.row.end());
    table.rows_read += block.rows_read;
    if (fill_in && !mapped) means.add(block.X);
    if (each) each(block);
    rows += block.X.rows();
    if (!mapped) parts.push_back(std::move(block.X));
  }
  if (table.rows() == 0) throw InputError(table.name + ": has no usable row");
  table.X = mapped ? chosen(*mapped, table.row) : SharedRows(gather(parts, rows, table.columns.dims()));
  table.target = Eigen::Map<const Vector>(targets.data(), static_cast<Index>(targets.size()));
  if (table.labeled()) {
    coder.sort({&table.y});
    table.classes = coder.classes();
    source.check_classes(table.classes);
    if (!table.columns.label_may_be_missing) {
      for (std::string& warning : doubtful_labels(table.classes, class_sizes(table.y), options.dialect, table.name))
        table.columns.warnings.push_back(std::move(warning));
    }
  }
  if (fill_in) {
    if (mapped) means.add(table.X);
    fill_missing(table, means.of(table));
  } else if (options.missing == MissingField::fill) {
    table.fill = options.fill;  // which the source put in already
  }
  return table;
}

void fill_missing(Table& table) {
  MeansOfPresent means(table.X.cols());
  means.add(table.X);
  fill_missing(table, means.of(table));
}

void fill_missing(Table& table, const Vector& fill) {
  table.fill = fill;
  if (table.X.allFinite()) return;  // and stays where it is
  Matrix X = table.X.release();
  for (Index i = 0; i < X.rows(); ++i) {
    for (Index j = 0; j < X.cols(); ++j) {
      if (std::isnan(X(i, j))) X(i, j) = fill[j];
    }
  }
  table.X = std::move(X);
}

Table rows_of(const Table& table, const std::vector<Index>& rows) {
  Table part;
  part.columns = table.columns;
  part.name = table.name;
  part.rows_read = table.rows_read;
  part.fill = table.fill;
  part.X = table.X(rows, Eigen::all);
  if (table.target.size() > 0) part.target = table.target(rows);
  LabelCoder coder;
  for (const Index i : rows) {
    const auto at = static_cast<std::size_t>(i);
    part.row.push_back(table.row[at]);
    if (!table.ids.empty()) part.ids.push_back(table.ids[at]);
    if (table.labeled()) part.y.push_back(coder.encode(table.classes[static_cast<std::size_t>(table.y[at])]));
  }
  coder.sort({&part.y});
  part.classes = coder.classes();
  return part;
}

void share_classes(Table& a, Table& b) {
  LabelCoder coder;
  for (Table* table : {&a, &b}) {
    for (int& id : table->y) id = coder.encode(table->classes[static_cast<std::size_t>(id)]);
  }
  coder.sort({&a.y, &b.y});
  a.classes = b.classes = coder.classes();
}

}  // namespace maha::data
