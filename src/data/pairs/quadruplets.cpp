#include "data/pairs/quadruplets.hpp"

#include <cmath>

#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "data/pairs/judgements.hpp"

namespace maha::data {
namespace {

constexpr std::size_t kWeight = 4;  // the column after those of rows

const JudgementKind kQuadruplet{{{"i", "j", "k", "l"}, "weight", false, true}, "quadruplet", "--quadruplets-header"};

double weight_of(const RowRecords& records) {
  double weight = 1;
  if (!records.has(kWeight)) return weight;
  const std::string& text = records.field(kWeight);
  if (parse_number(text, weight) && weight > 0 && std::isfinite(weight)) return weight;
  records.fail(records.describe(kWeight) + ": " + in_quotes(text) + " is no weight: a number above 0 is");
}

Quadruplet quadruplet_of(const RowRecords& records, const RowNames& rows) {
  const auto row = [&](std::size_t k) { return records.row(k, rows); };
  const Quadruplet q{row(0), row(1), row(2), row(3), weight_of(records)};
  const auto differ = [&](Index a, Index b, std::size_t k) {
    if (a == b) records.fail(records.describe(k) + ": a pair of row " + in_quotes(records.field(k)) + " with itself");
  };
  differ(q.i, q.j, 1);
  differ(q.k, q.l, 3);
  if ((q.i == q.k && q.j == q.l) || (q.i == q.l && q.j == q.k)) records.fail("the same pair twice in a quadruplet");
  return q;
}

}  // namespace

Quadruplets read_quadruplets(const std::string& path, const RowNames& rows, Header header, const CsvDialect& dialect) {
  Quadruplets quadruplets;
  read_judgements(path, kQuadruplet, rows, header, dialect,
                  [&](const RowRecords& record) { quadruplets.push_back(quadruplet_of(record, rows)); });
  return quadruplets;
}

void write_quadruplets(io::Output& out, const Quadruplets& quadruplets, const RowNames& rows) {
  JudgementWriter writer(out, kQuadruplet, rows);
  for (const Quadruplet& q : quadruplets) writer.write({q.i, q.j, q.k, q.l});
}

}  // namespace maha::data
