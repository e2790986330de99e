#include "data/pairs/triplets.hpp"

#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "data/pairs/judgements.hpp"

namespace maha::data {
namespace {

const JudgementKind kTriplet{{{"anchor", "near", "far"}, ""}, "triplet", "--triplets-header"};

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
  Triplets triplets;
  read_judgements(path, kTriplet, rows, header, dialect,
                  [&](const RowRecords& record) { triplets.push_back(triplet_of(record, rows)); });
  return triplets;
}

void write_triplets(io::Output& out, const Triplets& triplets, const RowNames& rows) {
  JudgementWriter writer(out, kTriplet, rows);
  for (const Triplet& t : triplets) writer.write({t.anchor, t.near, t.far});
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
