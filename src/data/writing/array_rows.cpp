/// Rows as an array of NumPy or IDX, whose header counts them.
#include "core/error.hpp"
#include "core/text/number.hpp"
#include "data/array/header.hpp"
#include "data/writing/counted_output.hpp"
#include "data/writing/row_writer.hpp"

namespace maha::data {
namespace {

class ArrayWriter : public RowWriter {
 public:
  ArrayWriter(WrittenFormat format, io::Output& out, const WrittenColumns& columns, const Element& element)
      : format_(format), columns_(columns) {
    if (columns.id) throw InputError("an array has no place for ids: --drop them");
    header_.element = element;
    header_.element.big_endian = format == WrittenFormat::idx;
    header_.cols = columns.dims + (columns.label ? 1 : 0);
    header_.is_vector = columns.dims == 0;
    if (format == WrittenFormat::idx && columns.label && columns.dims > 0) {
      throw InputError(std::string("IDX has labels in a file of their own: ") + columns.remedies.of_rows);
    }
    const auto header = [this] { return format_ == WrittenFormat::npy ? npy_header(header_) : idx_header(header_); };
    out_.emplace(out, header);
  }

  void write(const RowBlock& block) override {
    std::string bytes;
    RowVector row(header_.cols);
    for (Index i = 0; i < block.X.rows(); ++i) {
      row.head(block.X.cols()) = block.X.row(i);
      if (columns_.label) row[header_.cols - 1] = label_of(block, i);
      const Index written = header_.element.write(row.data(), row.size(), bytes);
      if (written < row.size()) {
        throw InputError("row " + std::to_string(block.row[static_cast<std::size_t>(i)]) + ": " +
                         format_number(row[written]) + " does not fit the type of the array: --type float64 holds any");
      }
    }
    header_.rows += block.X.rows();
    out_->write(bytes);
  }

  void finish() override { out_->finish(); }

 private:
  double label_of(const RowBlock& block, Index i) const {
    const auto row = static_cast<std::size_t>(i);
    return columns_.label_is_target ? block.targets[row] : label_number(block.labels[row], columns_.remedies);
  }

  const WrittenFormat format_;
  const WrittenColumns columns_;
  ArrayHeader header_;
  std::optional<CountedOutput> out_;  // once the header is known
};

/// Labels alone, as whole numbers if they all are.
class LabelArrayWriter : public RowWriter {
 public:
  LabelArrayWriter(WrittenFormat format, io::Output& out, const WrittenColumns& columns)
      : format_(format), out_(out), columns_(columns) {}

  void write(const RowBlock& block) override {
    for (const std::string& label : block.labels) numbers_.push_back(label_number(label, columns_.remedies));
  }

  void finish() override {
    const Element whole{Element::Kind::integer, format_ == WrittenFormat::idx ? std::size_t{4} : std::size_t{8}};
    std::string bytes;
    const bool fits = whole.write(numbers_.data(), std::ssize(numbers_), bytes) == std::ssize(numbers_);
    RowBlock all;
    all.X.resize(std::ssize(numbers_), 0);
    all.targets = std::move(numbers_);
    columns_.label_is_target = true;  // as numbers, which they are by now
    ArrayWriter writer(format_, out_, columns_, fits ? whole : Element());
    writer.write(all);
    writer.finish();
  }

 private:
  const WrittenFormat format_;
  io::Output& out_;
  WrittenColumns columns_;
  std::vector<double> numbers_;
};

}  // namespace

void write_array(io::Output& out, const Matrix& rows, const Element& element) {
  WrittenColumns columns;
  columns.dims = rows.cols();
  ArrayWriter writer(WrittenFormat::npy, out, columns, element);
  RowBlock block;
  block.X = rows;
  writer.write(block);
  writer.finish();
}

std::unique_ptr<RowWriter> label_array_writer(WrittenFormat format, io::Output& out, const WrittenColumns& columns,
                                              const std::optional<Element>& element) {
  if (element) return array_writer(format, out, columns, *element);
  return std::make_unique<LabelArrayWriter>(format, out, columns);
}

std::unique_ptr<RowWriter> array_writer(WrittenFormat format, io::Output& out, const WrittenColumns& columns,
                                        const Element& element) {
  return std::make_unique<ArrayWriter>(format, out, columns, element);
}

}  // namespace maha::data
