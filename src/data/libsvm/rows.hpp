#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/machine/parallel.hpp"
#include "data/rows/read_options.hpp"
#include "data/rows/row_filter.hpp"
#include "data/rows/row_source.hpp"
#include "io/input.hpp"

namespace maha::data {

/// Whether a file begins with lines of `label index:value ...`.
bool is_libsvm(std::string_view start);

/// A file of LIBSVM or SVMlight, `label index:value ... # comment`, as a stream of dense rows: what is not there is 0. Its
/// columns are the features by their index, from 1, and behind them the label. How many there are says the model or the
/// first file; if neither does, the largest index, for which all rows are read first, as sparse as they are.
class LibsvmRows : public RowSource {
 public:
  LibsvmRows(std::unique_ptr<io::Input> input, const ColumnRequest& request, const ReadOptions& options,
             const Threads& threads);

  const std::string& name() const override { return input_->name(); }
  const Columns& columns() const override { return columns_; }
  bool next(RowBlock& block) override;

  /// Rows of few bytes make a large matrix if one index is large.
  void check_room(Index held) const override;

 private:
  struct Entry {
    Index feature;  // from 0
    double value;
  };
  struct SparseRow {
    long line;
    std::string label;
    std::size_t begin, end;  // of its entries
  };
  struct Part {
    std::vector<SparseRow> rows;
    std::vector<Entry> entries;
  };

  bool read_part();
  void find_widest(const Part& part);
  void parse_line(std::string_view line, Part& part) const;
  void parse_entry(std::string_view line, const char*& p, Part& part, std::size_t begin) const;
  Columns decide_columns(const ColumnRequest& request, const ReadOptions& options);
  Columns columns_like(const Columns& like, const ColumnRequest& request) const;
  std::vector<std::string> first_row() const;
  Index known_features(const ColumnRequest& request) const;
  void fill(const Part& part, const SparseRow& row, Index i, RowBlock& block) const;
  double value(const Part& part, const SparseRow& row, std::size_t column) const;
  [[noreturn]] void fail(const std::string& what) const;

  std::unique_ptr<io::Input> input_;
  std::size_t block_size_;
  std::string carry_;  // the start of a line
  bool ended_ = false;
  long line_ = 0;
  std::deque<Part> parts_;
  Index features_ = 0;  // of the file; while they are not known, the largest index so far
  long widest_ = 0;     // the line of that index
  bool is_known_ = false;
  std::string source_;  // what asks for so many
  Columns columns_;
  std::vector<Index> slots_;  // of each column of the file in X, -1 if it is no feature
  RowFilter filter_;
  std::size_t used_ = 0;  // rows of the first part that are handed out
  Index rows_ = 0;
};

}  // namespace maha::data
