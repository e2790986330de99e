#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/machine/parallel.hpp"
#include "data/array/header.hpp"
#include "data/rows/read_options.hpp"
#include "data/rows/row_filter.hpp"
#include "data/rows/row_source.hpp"

namespace maha::data {

/// A file of one array as a stream of rows, in memory for a block of them; where one column stands behind the other, in
/// memory for all. Blocks are read: bytes that are doubles already come straight to where they are used, in one copy. Who
/// holds all rows can have them mapped, if they are doubles, row by row, all of them features and all finite, in a file
/// that is not packed.
class ArrayRows : public RowSource {
 public:
  ArrayRows(std::unique_ptr<io::Input> input, const ArrayHeader& header, const ColumnRequest& request,
            const ReadOptions& options);

  const std::string& name() const override { return input_->name(); }
  const Columns& columns() const override { return columns_; }
  std::optional<SharedRows> map() override;
  bool next(RowBlock& block) override;

 private:
  Columns decide_columns(ColumnRequest request, const ReadOptions& options);
  void read(std::string& bytes, std::size_t size);
  [[noreturn]] void ends_in(Index whole) const;
  void check_end();
  void take_columns(const char* from, Index rows, RowBlock& block) const;
  void take_rows(Index rows, RowBlock& block);
  void take_dealt(Index rows, RowBlock& block);
  Matrix usable_rows(Index rows);
  void skip(Index rows);
  void apply_filter(RowBlock& block) const;
  bool takes_all() const;
  bool can_deal(const ReadOptions& options) const;

  std::unique_ptr<io::Input> input_;
  const ArrayHeader header_;
  std::size_t row_size_;  // bytes
  Index rows_ = 0;        // handed out
  std::string bytes_;     // the first row until it is handed out; all of them, where they are by columns
  Columns columns_;
  RowFilter filter_;
  Index block_rows_;
  std::optional<Deal> deal_;  // if only the rows of this rank are read
  bool mapped_ = false;       // and what is left to give is what goes with the rows
};

/// The same of a format whose header is read by `read_header`.
template <ArrayHeader (*read_header)(io::Input&)>
std::unique_ptr<RowSource> open_array(std::unique_ptr<io::Input> input, const ColumnRequest& request,
                                      const ReadOptions& options, const Threads&) {
  const ArrayHeader header = read_header(*input);
  return std::make_unique<ArrayRows>(std::move(input), header, request, options);
}

}  // namespace maha::data
