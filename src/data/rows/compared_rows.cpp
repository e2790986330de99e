#include "data/rows/compared_rows.hpp"

#include <utility>

#include "core/same_on_ranks.hpp"

namespace maha::data {
namespace {

void add(Checksum& checksum, const RowBlock& block) {
  for (const Index row : block.row) checksum.add_word(static_cast<std::uint64_t>(row));
  checksum.add(block.labels);
  checksum.add(block.ids);
  checksum.add_numbers(block.targets.data(), block.targets.size());
  const MatrixRef X = block.is_dealt ? MatrixRef(block.first_of_dealt) : MatrixRef(block.X);
  checksum.add_numbers(X.data(), static_cast<std::size_t>(X.size()));
}

}  // namespace

ComparedRows::ComparedRows(std::unique_ptr<RowSource> rows, std::string files, const Ranks& ranks)
    : rows_(std::move(rows)), files_(std::move(files)), ranks_(ranks) {
  Checksum names;
  names.add_word(static_cast<std::uint64_t>(columns().dims()));
  names.add(columns().feature_names());
  compare(names);
}

void ComparedRows::compare(const Checksum& own) const { require_same(ranks_, own, files_); }

bool ComparedRows::next(RowBlock& block) {
  const bool more = rows_->next(block);
  Checksum read;
  if (more) {
    read.add_word(static_cast<std::uint64_t>(block.rows_read));
    add(read, block);
  }
  compare(read);
  return more;
}

std::optional<SharedRows> ComparedRows::map() {
  std::optional<SharedRows> X = rows_->map();
  Checksum read;
  if (X) {
    read.add_word(static_cast<std::uint64_t>(X->rows()));
    read.add_numbers(X->data(), static_cast<std::size_t>(X->size()));
  }
  compare(read);
  return X;
}

}  // namespace maha::data
