#include "data/array/rows.hpp"

#include <algorithm>
#include <numeric>

#include "core/error.hpp"
#include "core/machine/large_array.hpp"
#include "core/text/counted.hpp"

namespace maha::data {
namespace {

/// Read at a time, so that a header that promises more than there is costs no memory for it.
constexpr std::size_t kMostAtOnce = std::size_t{1} << 26;

}  // namespace

ArrayRows::ArrayRows(std::unique_ptr<io::Input> input, const ArrayHeader& header, const ColumnRequest& request,
                     const ReadOptions& options)
    : input_(std::move(input)),
      header_(header),
      row_size_(static_cast<std::size_t>(header.cols) * header.element.size),
      columns_(decide_columns(request, options)),
      filter_(columns_, options),
      block_rows_(std::max<Index>(1, static_cast<Index>(options.block_size / row_size_))),
      deal_(can_deal(options) ? options.deal : std::nullopt) {}

/// Whether nothing has to be known of a row but its features, and every row is usable.
bool ArrayRows::can_deal(const ReadOptions& options) const {
  const bool all_usable = options.missing == MissingField::error || options.fill.size() > 0;
  return all_usable && options.missing != MissingField::skip_row && !header_.by_columns && !columns_.label &&
         !columns_.id;
}

/// By the first row, whose fields are shown as text.
Columns ArrayRows::decide_columns(ColumnRequest request, const ReadOptions& options) {
  refuse_csv_options(options, request, name(), header_.kind);
  request.header = Header::no;
  read(bytes_, header_.by_columns ? row_size_ * static_cast<std::size_t>(header_.rows) : row_size_);
  if (header_.by_columns) check_end();
  const std::size_t apart = header_.element.size * static_cast<std::size_t>(header_.by_columns ? header_.rows : 1);
  std::vector<std::string> first;
  for (Index c = 0; c < header_.cols; ++c) {
    first.push_back(header_.element.text(bytes_.data() + static_cast<std::size_t>(c) * apart));
  }
  const FieldReader fields(options.dialect);
  const Columns columns = resolve_columns(request, first, nullptr, fields, name());
  if (header_.element.is_text() && (columns.dims() > 0 || columns.label_is_target)) {
    check_no_text(columns, first, fields, name());
    throw InputError(name() + ": is an array of text: save it as numbers, X.astype(float)");
  }
  return columns;
}

/// Puts so many more bytes behind those there are.
void ArrayRows::read(std::string& bytes, std::size_t size) {
  while (size > 0) {
    const std::size_t before = bytes.size(), more = std::min(size, kMostAtOnce);
    bytes.resize(before + more);
    const std::size_t got = input_->read(bytes.data() + before, more);
    if (got < more) {
      const std::size_t whole = header_.by_columns ? 0 : (before + got) / row_size_;
      ends_in(rows_ + static_cast<Index>(whole));
    }
    size -= more;
  }
}

/// `whole`: the rows that are there.
void ArrayRows::ends_in(Index whole) const {
  throw InputError(name() + ": ends in row " + std::to_string(whole + 1) + " of " + std::to_string(header_.rows) +
                   ", which its header tells of");
}

void ArrayRows::check_end() {
  char byte = 0;
  if (input_->read(&byte, 1) == 0) return;
  throw InputError(name() + ": goes on behind its " + counted(header_.rows, "row") + " of " +
                   std::to_string(header_.cols) + ", which its header tells of");
}

bool ArrayRows::takes_all() const {
  if (columns_.dims() != header_.cols) return false;
  for (Index j = 0; j < columns_.dims(); ++j) {
    if (columns_.features[static_cast<std::size_t>(j)] != static_cast<std::size_t>(j)) return false;
  }
  return true;
}

std::optional<SharedRows> ArrayRows::map() {
  if (rows_ > 0 || !header_.element.is_double() || header_.by_columns || !takes_all()) return std::nullopt;
  const auto [file, at] = input_->map();
  const std::size_t begin = at - bytes_.size(), size = static_cast<std::size_t>(header_.rows) * row_size_;
  if (!file || begin % EIGEN_MAX_ALIGN_BYTES != 0 || file->size() != begin + size) return std::nullopt;
  SharedRows X(reinterpret_cast<const double*>(file->begin() + begin), header_.rows, header_.cols, file);
  if (!filter_.leaves(X)) return std::nullopt;  // reading says where, or does what is wanted
  mapped_ = true;
  return X;
}

bool ArrayRows::next(RowBlock& block) {
  const Index rows = std::min(block_rows_, header_.rows - rows_);
  if (rows == 0) return false;
  block = RowBlock();
  block.first_row = rows_ + 1;
  const bool is_last = rows_ + rows == header_.rows;
  deal_ ? take_dealt(rows, block) : take_rows(rows, block);
  if (is_last && !header_.by_columns && !mapped_) check_end();
  if (deal_) return true;
  apply_filter(block);
  rows_ += rows;
  return true;
}

void ArrayRows::apply_filter(RowBlock& block) const {
  filter_.apply(block, [&](Index i) { return name() + ": row " + std::to_string(block.first_row + i); });
}

/// The rows of this rank among the next ones. Of the others the first alone is read.
void ArrayRows::take_dealt(Index rows, RowBlock& block) {
  const Index end = rows_ + rows, before = deal_->own(rows_), own = deal_->own(end) - before;
  Matrix X(own, columns_.dims());
  const bool first_is_own = deal_->is_own(rows_);
  block.first_of_dealt = usable_rows(1).row(0);
  if (first_is_own) X.row(0) = block.first_of_dealt;
  for (Index taken = first_is_own ? 1 : 0; taken < own;) {
    const Index number = deal_->number(before + taken);
    skip(number - rows_);
    const Index together = std::min({Deal::kTogether - number % Deal::kTogether, own - taken, end - number});
    X.middleRows(taken, together) = usable_rows(together);
    taken += together;
  }
  skip(end - rows_);
  block.X = std::move(X);
  block.is_dealt = true;
  block.rows_read = rows;
  block.row.resize(static_cast<std::size_t>(rows));
  std::iota(block.row.begin(), block.row.end(), block.first_row);
}

/// The features of the next rows, all of which have to be usable.
Matrix ArrayRows::usable_rows(Index rows) {
  RowBlock some;
  some.first_row = rows_ + 1;
  take_rows(rows, some);
  apply_filter(some);
  rows_ += rows;
  return std::move(some.X);
}

/// Passes over so many rows.
void ArrayRows::skip(Index rows) {
  const std::size_t size = static_cast<std::size_t>(rows) * row_size_, held = std::min(size, bytes_.size());
  bytes_.erase(0, held);
  const std::size_t passed = held + input_->skip(size - held);
  if (passed < size) ends_in(rows_ + static_cast<Index>(passed / row_size_));
  rows_ += rows;
}

/// The next rows, as they are in the file.
void ArrayRows::take_rows(Index rows, RowBlock& block) {
  const std::size_t size = static_cast<std::size_t>(rows) * row_size_;
  if (mapped_) {
    block.X.resize(rows, 0);
  } else if (header_.by_columns) {
    take_columns(bytes_.data() + static_cast<std::size_t>(rows_) * header_.element.size, rows, block);
  } else if (header_.element.is_double() && takes_all() && size <= kMostAtOnce) {
    block.X.resize(rows, header_.cols);
    want_large_pages(block.X);
    char* const to = reinterpret_cast<char*>(block.X.data());
    const std::size_t held = bytes_.copy(to, size);
    bytes_.clear();
    const std::size_t got = held + input_->read(to + held, size - held);
    if (got < size) {
      bytes_.assign(to, got);
      read(bytes_, size - got);  // which says where it ends
    }
  } else {
    read(bytes_, size - bytes_.size());
    take_columns(bytes_.data(), rows, block);
    bytes_.clear();
  }
}

/// From the elements of the first of these rows on.
void ArrayRows::take_columns(const char* from, Index rows, RowBlock& block) const {
  const Element& element = header_.element;
  const std::size_t down = header_.by_columns ? element.size : row_size_;
  const std::size_t across = header_.by_columns ? element.size * static_cast<std::size_t>(header_.rows) : element.size;
  const auto column = [&](std::size_t c) { return from + c * across; };
  block.X.resize(rows, columns_.dims());
  if (takes_all() && !header_.by_columns) {
    element.numbers(from, element.size, rows * header_.cols, block.X.data());
  } else {
    Vector values(rows);
    for (std::size_t slot = 0; slot < columns_.features.size(); ++slot) {
      element.numbers(column(columns_.features[slot]), down, rows, values.data());
      block.X.col(static_cast<Index>(slot)) = values;
    }
  }
  const auto texts = [&](std::size_t c, std::vector<std::string>& to) {
    for (Index i = 0; i < rows; ++i) to.push_back(element.text(column(c) + static_cast<std::size_t>(i) * down));
  };
  if (columns_.id) texts(*columns_.id, block.ids);
  if (!columns_.label) return;
  if (!columns_.label_is_target) return texts(*columns_.label, block.labels);
  block.targets.resize(static_cast<std::size_t>(rows));
  element.numbers(column(*columns_.label), down, rows, block.targets.data());
}

}  // namespace maha::data
