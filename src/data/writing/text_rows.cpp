/// Rows as LIBSVM and as ARFF.
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/error.hpp"
#include "core/text/number.hpp"
#include "data/reports/written_rows.hpp"
#include "data/table/labels.hpp"
#include "data/writing/row_writer.hpp"

namespace maha::data {
namespace {

/// `label index:value ...`, without what is 0.
class LibsvmWriter : public RowWriter {
 public:
  LibsvmWriter(io::Output& out, const WrittenColumns& columns, const Threads& threads)
      : out_(out), remedies_(columns.remedies), threads_(threads) {
    if (columns.id) throw InputError("LIBSVM has no place for ids: --drop them");
  }

  void write(const RowBlock& block) override {
    write_rows(out_, block.X.rows(), threads_, [&](std::string& text, Index i) { append_row(text, block, i); });
  }

 private:
  void append_row(std::string& text, const RowBlock& block, Index i) const {
    const auto row = static_cast<std::size_t>(i);
    append_number(text, !block.targets.empty()  ? block.targets[row]
                        : !block.labels.empty() ? label_number(block.labels[row], remedies_)
                                                : 0.0);
    for (Index j = 0; j < block.X.cols(); ++j) {
      const double value = block.X(i, j);
      if (value == 0 && !std::signbit(value)) continue;
      text += ' ';
      text += std::to_string(j + 1);
      text += ':';
      append_number(text, value);
    }
    text += '\n';
  }

  io::Output& out_;
  const LabelRemedies remedies_;
  Threads threads_;
};

/// In single quotes, if it is more than a plain word.
void append_arff(std::string& text, const std::string& word) {
  const auto plain = [](unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-' ||
           c == '.' || c == '+' || c >= 0x80;
  };
  if (!word.empty() && std::all_of(word.begin(), word.end(), plain)) {
    text += word;
    return;
  }
  text += '\'';
  for (const char c : word) {
    if (c == '\n' || c == '\r' || c == '\t') {
      text += c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t";
      continue;
    }
    if (c == '\'' || c == '\\') text += '\\';
    text += c;
  }
  text += '\'';
}

/// Attributes, then rows with commas between fields. The classes stand in the header: with labels, rows wait for the
/// last of them in memory.
class ArffWriter : public RowWriter {
 public:
  ArffWriter(io::Output& out, const WrittenColumns& columns) : out_(out), columns_(columns) {
    waits_ = columns.label && !columns.label_is_target;
    if (!waits_) out_.write(header());
  }

  void write(const RowBlock& block) override {
    std::string text;
    for (Index i = 0; i < block.X.rows(); ++i) {
      const auto row = static_cast<std::size_t>(i);
      const char* between = "";
      const auto next = [&]() -> std::string& { return text += std::exchange(between, ","); };
      if (!block.ids.empty()) append_arff(next(), block.ids[row]);
      for (Index j = 0; j < block.X.cols(); ++j) append_number(next(), block.X(i, j));
      if (!block.targets.empty()) append_number(next(), block.targets[row]);
      if (!block.labels.empty()) append_arff(next(), block.labels[row]);
      if (!block.labels.empty()) classes_.encode(block.labels[row]);
      text += '\n';
    }
    if (waits_) held_ += text;
    if (!waits_) out_.write(text);
  }

  void finish() override {
    if (!waits_) return;
    out_.write(header());
    out_.write(held_);
  }

 private:
  std::string header() const {
    std::string text = "@relation maha\n\n";
    const auto attribute = [&](const std::string& name, const char* type) {
      text += "@attribute ";
      append_arff(text, name);
      text += type;
    };
    if (columns_.id) attribute(columns_.id->empty() ? "id" : *columns_.id, " string\n");
    for (Index j = 0; j < columns_.dims; ++j) {
      attribute(
          columns_.features.empty() ? "x" + std::to_string(j + 1) : columns_.features[static_cast<std::size_t>(j)],
          " numeric\n");
    }
    if (columns_.label) attribute(columns_.label->empty() ? "class" : *columns_.label, waits_ ? " {" : " numeric\n");
    const char* between = "";
    for (const std::string& label : classes_.classes()) append_arff(text += std::exchange(between, ","), label);
    return text += waits_ ? "}\n\n@data\n" : "\n@data\n";
  }

  io::Output& out_;
  const WrittenColumns columns_;
  bool waits_ = false;
  std::string held_;
  LabelCoder classes_;
};

}  // namespace

std::unique_ptr<RowWriter> libsvm_writer(io::Output& out, const WrittenColumns& columns, const Threads& threads) {
  return std::make_unique<LibsvmWriter>(out, columns, threads);
}

std::unique_ptr<RowWriter> arff_writer(io::Output& out, const WrittenColumns& columns) {
  return std::make_unique<ArffWriter>(out, columns);
}

}  // namespace maha::data
