#include "data/triplets.hpp"

#include "core/error.hpp"
#include "core/number.hpp"
#include "core/text.hpp"

namespace maha {
namespace {

bool is_header(const RowRecords& records, const RowNames& rows, Header header) {
  if (header != Header::guess) return header == Header::yes;
  const std::vector<std::string>& fields = records.fields();
  if (rows.may_be(fields[0]) || rows.may_be(fields[1]) || rows.may_be(fields[2])) return false;
  if (!rows.by_id() || (fields[0] == "anchor" && fields[1] == "near" && fields[2] == "far")) return true;
  records.fail("none of these is an id; is this line a header? --triplets-header yes or --triplets-header no");
}

}  // namespace

Triplets read_triplets(const std::string& path, const RowNames& rows, Header header, const CsvDialect& dialect) {
  RowRecords records(path, dialect, "anchor,near,far");
  rows.check_meaning(records.name());
  Triplets triplets;
  bool first = true, had_header = false;
  for (; records.next(); first = false) {
    if (first) {
      records.require_width(3);
      had_header = is_header(records, rows, header);
      if (had_header) continue;
    }
    const Triplet t{records.row(0, rows), records.row(1, rows), records.row(2, rows)};
    const auto differ = [&](Index a, Index b, std::size_t column) {
      if (a == b) {
        records.fail("column " + std::to_string(column) + ": row " + in_quotes(records.fields()[column - 1]) +
                     " twice in a triplet");
      }
    };
    differ(t.anchor, t.near, 2);
    differ(t.anchor, t.far, 3);
    differ(t.near, t.far, 3);
    triplets.push_back(t);
  }
  if (triplets.empty()) {
    throw InputError(records.name() + ": has no triplet" + (had_header ? " behind what looks like a header" : ""));
  }
  return triplets;
}

void write_multipliers(Output& out, const std::vector<TripletMultiplier>& multipliers, const std::vector<Index>& row) {
  out.write("i,j,l,alpha\n");
  for (const auto& [i, j, l, alpha] : multipliers) {
    std::string line;
    for (const Index r : {i, j, l}) line += std::to_string(row[static_cast<std::size_t>(r)]) + ",";
    append_number(line, alpha);
    out.write(line + "\n");
  }
}

}  // namespace maha
