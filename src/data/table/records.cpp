#include "data/table/records.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/rows_by_class.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "data/table/doubtful_labels.hpp"
#include "data/table/labels.hpp"
#include "io/text/csv_writer.hpp"

namespace maha::data {

std::string extended_record(std::string_view record, char delimiter, const std::vector<std::string>& fields) {
  const std::size_t line_end = record.ends_with("\r\n") ? 2 : 1;
  std::string line(record.substr(0, record.size() - line_end));
  for (const std::string& field : fields) {
    std::string text;
    io::append_field(text, field);
    const bool separates = !text.starts_with('"') && text.find(delimiter) != std::string::npos;
    line += delimiter + (separates ? '"' + text + '"' : text);
  }
  return line += record.substr(record.size() - line_end);
}

void check_new_column(const Columns& columns, const std::string& name, const std::string& file) {
  if (std::find(columns.names.begin(), columns.names.end(), name) == columns.names.end()) return;
  throw InputError(file + ": has a column " + in_quotes(name) + " already");
}

Records read_records(RowSource& source, const CsvDialect& dialect) {
  Records records;
  records.header = source.record_text().header;
  records.columns = source.columns();
  records.name = source.name();
  records.delimiter = source.record_text().delimiter;
  LabelCoder labels, ids;
  std::vector<double> targets;
  for (RowBlock block; source.next(block);) {
    for (const std::string& label : block.labels) records.label.push_back(labels.encode(label));
    targets.insert(targets.end(), block.targets.begin(), block.targets.end());
    for (const std::string& id : block.ids) records.id.push_back(ids.encode(id));
    records.rows_read += block.rows_read;
    for (const Index row : block.row) {
      records.text.push_back(block.records[static_cast<std::size_t>(row - block.first_row)]);
    }
    records.bytes.push_back(std::move(block.bytes));
  }
  if (records.text.empty()) throw InputError(records.name + ": has no row");
  if (records.columns.label && !records.columns.label_is_target) source.check_classes(labels.classes());
  records.label_doubts = doubtful_labels(labels.classes(), class_sizes(records.label), dialect, records.name);
  records.label.resize(records.text.size(), 0);
  records.target = Eigen::Map<const Vector>(targets.data(), static_cast<Index>(targets.size()));
  return records;
}

void AppendedRecords::check(const RowSource& source) const {
  for (const std::string& name : columns_) check_new_column(source.columns(), name, source.name());
  source.record_text();
}

void AppendedRecords::write(const RowSource& source, const RowBlock& block, const Fields& fields) {
  const RecordText& text = source.record_text();
  if (!started_) check(source);
  if (!started_ && !text.header.empty()) out_.write(extended_record(text.header, text.delimiter, columns_));
  started_ = true;
  const std::vector<std::string> none(columns_.size());
  std::size_t used = 0;
  for (std::size_t i = 0; i < block.records.size(); ++i) {
    const bool usable = used < block.row.size() && block.row[used] == block.first_row + static_cast<Index>(i);
    out_.write(extended_record(block.records[i], text.delimiter, usable ? fields(used) : none));
    if (usable) ++used;
  }
}

std::string number_field(double value, const RecordText& text) {
  std::string field = format_number(value);
  std::replace(field.begin(), field.end(), '.', text.decimal);
  return field;
}

void write_part(io::Output& out, const Records& records, const std::vector<int>& part, int wanted) {
  out.write(records.header);
  for (std::size_t i = 0; i < records.text.size(); ++i) {
    if (part[i] == wanted) out.write(records.text[i]);
  }
}

void write_with_column(io::Output& out, const Records& records, const std::string& name, const std::vector<int>& part,
                       const std::vector<std::string>& value) {
  check_new_column(records.columns, name, records.name);
  if (!records.header.empty()) out.write(extended_record(records.header, records.delimiter, {name}));
  const auto field_of = [&value](int in) -> std::string {
    if (in < 0) return "";
    return value.empty() ? std::to_string(in + 1) : value[static_cast<std::size_t>(in)];
  };
  for (std::size_t i = 0; i < records.text.size(); ++i) {
    out.write(extended_record(records.text[i], records.delimiter, {field_of(part[i])}));
  }
}

}  // namespace maha::data
