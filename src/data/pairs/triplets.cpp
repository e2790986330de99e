#include "data/pairs/triplets.hpp"

#include <algorithm>
#include <set>

#include "core/error.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"

namespace maha::data {
namespace {

const RowColumns kColumns{{"anchor", "near", "far"}, ""};

/// Whether the fields are the names that the columns have, in any order.
bool has_names(const RowRecords& records) {
  std::set<std::string> names;
  for (const std::string& field : records.fields()) names.insert(lower(field));
  return std::all_of(kColumns.names.begin(), kColumns.names.end(), [&](auto& name) { return names.contains(name); });
}

bool is_header(const RowRecords& records, const RowNames& rows, Header header) {
  if (header != Header::guess) return header == Header::yes;
  for (std::size_t k = 0; k < 3; ++k) {
    if (rows.may_be(records.field(k))) return false;
  }
  if (!rows.by_id() || has_names(records)) return true;
  records.fail("none of these is an id; is this line a header? --triplets-header yes or --triplets-header no");
}

Triplet triplet_of(const RowRecords& records, const RowNames& rows) {
  const Triplet t{records.row(0, rows), records.row(1, rows), records.row(2, rows)};
  const auto differ = [&](Index a, Index b, std::size_t k) {
    if (a != b) return;
    records.fail(records.describe(k) + ": row " + in_quotes(records.field(k)) + " twice in a triplet");
  };
  differ(t.anchor, t.near, 1);
  differ(t.anchor, t.far, 2);
  differ(t.near, t.far, 2);
  return t;
}

}  // namespace

Triplets read_triplets(const std::string& path, const RowNames& rows, Header header, const CsvDialect& dialect) {
  RowRecords records(path, dialect, kColumns);
  rows.check_meaning(records.name());
  Triplets triplets;
  bool had_header = false;
  for (bool first = true; records.next(); first = false) {
    if (first) had_header = is_header(records, rows, header);
    if (first && had_header) {
      records.take_header();
      continue;
    }
    triplets.push_back(triplet_of(records, rows));
  }
  if (triplets.empty()) {
    throw InputError(records.name() + ": has no triplet" + (had_header ? " behind what looks like a header" : ""));
  }
  return triplets;
}

void write_multipliers(io::Output& out, const std::vector<TripletMultiplier>& multipliers,
                       const std::vector<Index>& row) {
  out.write("i,j,l,alpha\n");
  for (const auto& [i, j, l, alpha] : multipliers) {
    std::string line;
    for (const Index r : {i, j, l}) {
      append_row_name(line, r, row, {});
      line += ',';
    }
    append_number(line, alpha);
    out.write(line + "\n");
  }
}

}  // namespace maha::data
