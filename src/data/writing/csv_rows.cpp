/// Rows as CSV: [id,]features[,label], with a header if the features have names.
#include "data/reports/written_rows.hpp"
#include "data/writing/row_writer.hpp"
#include "io/text/csv_writer.hpp"

namespace maha::data {
namespace {

/// Fields with commas between them, and nothing before the first.
class CsvLine {
 public:
  explicit CsvLine(std::string& text) : text_(text), start_(text.size()) {}
  std::string& next() {
    if (!first_) text_ += ',';
    first_ = false;
    return text_;
  }
  /// A line of one empty field would be no row.
  void end() { text_ += text_.size() == start_ ? "\"\"\n" : "\n"; }

 private:
  std::string& text_;
  std::size_t start_;
  bool first_ = true;
};

class CsvRowWriter : public RowWriter {
 public:
  CsvRowWriter(io::Output& out, const WrittenColumns& columns, const Threads& threads) : out_(out), threads_(threads) {
    const bool named = !columns.features.empty() || (columns.dims == 0 && !columns.label.value_or("").empty());
    if (!named) return;
    std::vector<std::string> names;
    if (columns.id) names.push_back(columns.id->empty() ? "id" : *columns.id);
    names.insert(names.end(), columns.features.begin(), columns.features.end());
    if (columns.label) names.push_back(columns.label->empty() ? "label" : *columns.label);
    out_.write(io::csv_line(names));
  }

  void write(const RowBlock& block) override {
    write_rows(out_, block.X.rows(), threads_, [&](std::string& text, Index i) { append_row(text, block, i); });
  }

 private:
  static void append_row(std::string& text, const RowBlock& block, Index i) {
    const auto row = static_cast<std::size_t>(i);
    CsvLine line(text);
    if (!block.ids.empty()) io::append_field(line.next(), block.ids[row]);
    if (block.X.cols() > 0) io::append_numbers(line.next(), block.X.row(i));
    if (!block.labels.empty()) io::append_field(line.next(), block.labels[row]);
    if (!block.targets.empty()) io::append_numbers(line.next(), RowVector::Constant(1, block.targets[row]));
    line.end();
  }

  io::Output& out_;
  Threads threads_;
};

}  // namespace

std::unique_ptr<RowWriter> csv_writer(io::Output& out, const WrittenColumns& columns, const Threads& threads) {
  return std::make_unique<CsvRowWriter>(out, columns, threads);
}

}  // namespace maha::data
