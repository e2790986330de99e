#include "data/pairs/pairs.hpp"

#include <optional>

#include "core/error.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"

namespace maha::data {
namespace {

std::optional<bool> answer(const std::string& field) {
  const std::string text = lower(field);
  if (text == "1" || text == "true") return true;
  if (text == "0" || text == "-1" || text == "false") return false;
  return std::nullopt;
}

bool answer_of(const RowRecords& records) {
  const std::optional<bool> similar = answer(records.field(2));
  if (similar) return *similar;
  records.fail(records.describe(2) + ": " + in_quotes(records.field(2)) + " is no answer: 1, 0, -1, true or false are");
}

/// Two rows with a third field that is not an answer are a pair with a wrong answer, not a header.
bool is_header(const RowRecords& records, const RowNames& a, const RowNames& b, Header header) {
  if (records.has(2)) {
    if (answer(records.field(2))) return false;
    const bool named = lower(records.field(0)) == "i" && lower(records.field(1)) == "j";
    if (!named && a.is_name(records.field(0)) && b.is_name(records.field(1))) answer_of(records);
    return true;
  }
  if (!a.by_id()) return !a.may_be(records.field(0));
  if (header == Header::guess) records.fail("is this line a header? --pairs-header yes or --pairs-header no");
  return header == Header::yes;
}

Pair pair_of(const RowRecords& records, const RowNames& a, const RowNames& b) {
  Pair pair{records.row(0, a), records.row(1, b)};
  if (&a == &b && pair.i == pair.j) records.fail("a pair of row " + in_quotes(records.field(0)) + " with itself");
  if (records.has(2)) pair.similar = answer_of(records);
  return pair;
}

}  // namespace

PairList read_pairs(const std::string& path, const RowNames& a, const RowNames& b, Answers answers, Header header,
                    const CsvDialect& dialect) {
  RowRecords records(path, dialect, {{"i", "j"}, "similar", answers == Answers::required});
  for (const RowNames* names : {&a, &b}) names->check_meaning(records.name());
  PairList list;
  bool had_header = false;
  for (bool first = true; records.next(); first = false) {
    if (first) had_header = is_header(records, a, b, header);
    if (first && had_header) {
      records.take_header();
      continue;
    }
    list.answered = records.has(2);
    list.pairs.push_back(pair_of(records, a, b));
  }
  if (list.pairs.empty()) {
    throw InputError(records.name() + ": has no pair" + (had_header ? " behind what looks like a header" : ""));
  }
  return list;
}

void write_pair_distances(io::Output& out, const Pairs& pairs, const PairDistances& measured, const RowNames& a,
                          const RowNames& b) {
  const std::optional<double> threshold = measured.threshold;
  PairWriter writer(out, threshold ? ",distance,same" : ",distance", a, b);
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    const auto at = static_cast<Index>(p);
    std::string fields = ",";
    append_number(fields, measured.written[at]);
    if (threshold) fields += measured.distances[at] <= *threshold ? ",1" : ",0";
    writer.write(pairs[p], fields);
  }
}

PairWriter::PairWriter(io::Output& out, const std::string& columns, const RowNames& a, const RowNames& b)
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

}  // namespace maha::data
