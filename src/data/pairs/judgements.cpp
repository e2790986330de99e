#include "data/pairs/judgements.hpp"

#include <algorithm>
#include <set>

#include "core/error.hpp"
#include "core/text/names.hpp"

namespace maha::data {
namespace {

/// Whether the fields are the names that the columns have, in any order.
bool has_names(const RowRecords& records, const RowColumns& columns) {
  std::set<std::string> names;
  for (const std::string& field : records.fields()) names.insert(lower(field));
  return std::all_of(columns.names.begin(), columns.names.end(), [&](auto& name) { return names.contains(name); });
}

bool is_header(const RowRecords& records, const JudgementKind& kind, const RowNames& rows, Header header) {
  if (header != Header::guess) return header == Header::yes;
  for (std::size_t k = 0; k < kind.columns.names.size(); ++k) {
    if (rows.may_be(records.field(k))) return false;
  }
  if (!rows.by_id() || has_names(records, kind.columns)) return true;
  records.fail("none of these is an id; is this line a header? " + kind.header_option + " yes or " +
               kind.header_option + " no");
}

}  // namespace

void read_judgements(const std::string& path, const JudgementKind& kind, const RowNames& rows, Header header,
                     const CsvDialect& dialect, const std::function<void(const RowRecords& record)>& visit) {
  RowRecords records(path, dialect, kind.columns);
  rows.check_meaning(records.name());
  bool had_header = false, empty = true;
  for (bool first = true; records.next(); first = false) {
    if (first) had_header = is_header(records, kind, rows, header);
    if (first && had_header) {
      records.take_header();
      continue;
    }
    visit(records);
    empty = false;
  }
  if (!empty) return;
  throw InputError(records.name() + ": has no " + kind.name + (had_header ? " behind what looks like a header" : ""));
}

JudgementWriter::JudgementWriter(io::Output& out, const JudgementKind& kind, const RowNames& rows)
    : out_(out), rows_(rows) {
  out.write(join(kind.columns.names, ",") + "\n");
}

void JudgementWriter::write(std::initializer_list<Index> rows) {
  line_.clear();
  for (const Index i : rows) {
    if (!line_.empty()) line_ += ',';
    rows_.append(line_, i);
  }
  line_ += '\n';
  out_.write(line_);
}

}  // namespace maha::data
