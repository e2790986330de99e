#include "data/rows/row_filter.hpp"

#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "core/error.hpp"
#include "core/text/number.hpp"

namespace maha::data {
namespace {

std::string number_text(double value) { return std::isnan(value) ? "nan" : format_number(value); }

}  // namespace

RowFilter::RowFilter(const Columns& columns, const ReadOptions& options)
    : columns_(columns),
      fields_(options.dialect),
      missing_(options.missing),
      fill_(options.fill.size() > 0 ? options.fill
                                    : Vector::Constant(columns.dims(), std::numeric_limits<double>::quiet_NaN())) {}

void keep_rows(RowBlock& block, const std::vector<Index>& kept) {
  if (kept.size() == block.row.size()) return;
  const auto keep = [&](auto& all) {
    if (all.empty()) return;
    for (std::size_t to = 0; to < kept.size(); ++to) {
      const auto from = static_cast<std::size_t>(kept[to]);
      if (from != to) all[to] = std::move(all[from]);
    }
    all.resize(kept.size());
  };
  keep(block.row);
  keep(block.labels);
  keep(block.targets);
  keep(block.ids);
  for (Index to = 0; to < std::ssize(kept); ++to) {
    const Index from = kept[static_cast<std::size_t>(to)];
    if (from != to) block.X.row(to) = block.X.row(from);
  }
  block.X.conservativeResize(std::ssize(kept), Eigen::NoChange);
}

/// Row by row, as they stand: by columns, each would go through a whole file.
bool RowFilter::leaves(const MatrixRef& X) const {
  if (fields_.has_missing_numbers()) return false;
  for (Index i = 0; i < X.rows(); ++i) {
    if (!X.row(i).allFinite()) return false;
  }
  return true;
}

void RowFilter::apply(RowBlock& block, const Place& place) const {
  block.rows_read = block.X.rows();
  block.row.resize(static_cast<std::size_t>(block.rows_read));
  std::iota(block.row.begin(), block.row.end(), block.first_row);
  const bool all_present = leaves(block.X);
  std::vector<Index> kept;
  for (Index i = 0; i < block.rows_read; ++i) {
    bool usable = take_label(block, i, place);
    usable &= take_target(block, i, place);
    usable &= all_present || take_features(block, i, place);
    if (usable) kept.push_back(i);
  }
  keep_rows(block, kept);
}

bool RowFilter::take_label(RowBlock& block, Index i, const Place& place) const {
  if (block.labels.empty() || columns_.label_may_be_missing) return true;
  const std::string& label = block.labels[static_cast<std::size_t>(i)];
  if (missing_ == MissingField::skip_row) return label != "nan" && !fields_.is_missing(label);
  if (!label.empty() && label != "nan") return true;
  throw InputError(place(i) + ": " + columns_.describe(*columns_.label) + ": the label is " +
                   (label.empty() ? "empty" : label) + ": --missing skip");
}

bool RowFilter::take_target(RowBlock& block, Index i, const Place& place) const {
  if (block.targets.empty()) return true;
  const double value = block.targets[static_cast<std::size_t>(i)];
  const std::string where = place(i) + ": " + columns_.describe(*columns_.label) + ": ";
  if (is_missing(value)) {
    if (missing_ != MissingField::skip_row) refuse_missing(value, where, ", in the target: --missing skip");
    return false;
  }
  if (!std::isfinite(value)) throw InputError(where + number_text(value) + " is not a finite number");
  return true;
}

bool RowFilter::take_features(RowBlock& block, Index i, const Place& place) const {
  bool usable = true;
  for (Index j = 0; j < block.X.cols(); ++j) {
    const double value = block.X(i, j);
    if (std::isfinite(value) && !is_missing(value)) continue;
    const std::string where =
        place(i) + ": " + columns_.describe(columns_.features[static_cast<std::size_t>(j)]) + ": ";
    if (!is_missing(value)) throw InputError(where + number_text(value) + " is not a finite number");
    if (missing_ == MissingField::error)
      refuse_missing(value, where, columns_.has_options ? ": --missing skip or mean" : "");
    block.X(i, j) = fill_[j];
    usable = missing_ != MissingField::skip_row;
    if (!usable) break;
  }
  return usable;
}

bool RowFilter::is_missing(double value) const {
  return std::isnan(value) || (fields_.has_missing_numbers() && fields_.is_missing_number(value));
}

void RowFilter::refuse_missing(double value, const std::string& where, const char* hint) const {
  throw InputError(where + number_text(value) + " stands for a missing value" + hint);
}

void refuse_csv_options(const ReadOptions& options, const ColumnRequest& request, const std::string& file,
                        const std::string& what) {
  const auto refuse = [&](const char* option) {
    throw InputError(file + ": is " + what + ", for which there is no " + option);
  };
  const CsvDialect& dialect = options.dialect;
  if (dialect.delimiter != 0) refuse("--delimiter");
  if (dialect.decimal != '.') refuse("--decimal");
  if (!dialect.comment.empty()) refuse("--comment");
  if (request.header == Header::yes) refuse("header (--header yes)");
}

}  // namespace maha::data
