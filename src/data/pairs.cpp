#include "data/pairs.hpp"

#include <algorithm>
#include <optional>

#include "core/error.hpp"
#include "core/text.hpp"

namespace maha {
namespace {

std::optional<bool> answer(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
  if (text == "1" || text == "true") return true;
  if (text == "0" || text == "-1" || text == "false") return false;
  return std::nullopt;
}

bool is_header(const RowRecords& records, const RowNames& names, bool answered, Header header) {
  if (answered) return !answer(records.fields()[2]);
  if (!names.by_id()) return !names.may_be(records.fields()[0]);
  if (header == Header::guess) records.fail("is this line a header? --pairs-header yes or --pairs-header no");
  return header == Header::yes;
}

Pair pair_of(const RowRecords& records, const RowNames& a, const RowNames& b, bool answered) {
  Pair pair{records.row(0, a), records.row(1, b)};
  if (&a == &b && pair.i == pair.j) records.fail("a pair of row " + in_quotes(records.fields()[0]) + " with itself");
  if (!answered) return pair;
  const std::string& text = records.fields()[2];
  const std::optional<bool> similar = answer(text);
  if (!similar) records.fail("column 3: " + in_quotes(text) + " is no answer: 1, 0, -1, true or false are");
  pair.similar = *similar;
  return pair;
}

}  // namespace

PairList read_pairs(const std::string& path, const RowNames& a, const RowNames& b, Answers answers, Header header,
                    const CsvDialect& dialect) {
  RowRecords records(path, dialect, "i,j,similar");
  for (const RowNames* names : {&a, &b}) names->check_meaning(records.name());
  PairList list;
  bool first = true, had_header = false;
  for (; records.next(); first = false) {
    if (first) {
      records.require_width(answers == Answers::required ? 3 : 2);
      list.answered = records.width() >= 3;
      had_header = is_header(records, a, list.answered, header);
      if (had_header) continue;
    }
    list.pairs.push_back(pair_of(records, a, b, list.answered));
  }
  if (list.pairs.empty()) {
    throw InputError(records.name() + ": has no pair" + (had_header ? " behind what looks like a header" : ""));
  }
  return list;
}

PairWriter::PairWriter(Output& out, const std::string& columns, const RowNames& a, const RowNames& b)
    : out_(out), a_(a), b_(b) {
  out.write("i,j" + columns + "\n");
}

void PairWriter::write(const Pair& pair, std::string_view fields) {
  line_.clear();
  a_.append(line_, pair.i);
  line_ += ',';
  b_.append(line_, pair.j);
  line_ += fields;
  line_ += '\n';
  out_.write(line_);
}

}  // namespace maha
