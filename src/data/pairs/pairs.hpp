#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/pairs.hpp"
#include "data/columns/columns.hpp"
#include "data/pairs/row_names.hpp"
#include "io/output.hpp"

namespace maha::data {

/// Answers are the third column of a pairs file.
enum class Answers { required, optional };

struct PairList {
  Pairs pairs;
  bool answered = false;  ///< whether there is a third column; otherwise no pair is marked similar
};

/// Reads a pairs file, `i,j` or `i,j,similar` with the answer 1, 0, -1, true or false (in upper or lower case); further
/// columns are ignored. i is a row of `a`, j one of `b`, which may be the same table. The first record is a header if
/// its third field is not an answer and it does not name a pair of rows. With two columns, it is a header if rows are
/// given by number and its first field is not one; if rows are given by id, `header` must say. A header with these
/// names tells where the columns are. Throws InputError naming file and line: an unknown row or id, i = j in one table,
/// a required answer missing, no pairs.
PairList read_pairs(const std::string& path, const RowNames& a, const RowNames& b, Answers answers, Header header,
                    const CsvDialect& dialect = {});

struct PairDistances {
  Vector distances;                 ///< of each pair
  Vector written;                   ///< the same as they are written, such as squared
  std::optional<double> threshold;  ///< up to this distance the rows of a pair are the same
};

/// Writes `i,j,distance`, a line for each pair; if there is a threshold, also `same`, 1 or 0.
void write_pair_distances(io::Output& out, const Pairs& pairs, const PairDistances& measured, const RowNames& a,
                          const RowNames& b);

/// Writes pairs, a line each.
class PairWriter {
 public:
  /// Writes the header `i,j` + columns, such as ",similar". Keeps references.
  PairWriter(io::Output& out, const std::string& columns, const RowNames& a, const RowNames& b);

  /// i is a row of `a`, j one of `b`; `fields` is the rest of the line, such as ",1".
  void write(const Pair& pair, std::string_view fields);

 private:
  io::Output& out_;
  const RowNames &a_, &b_;
  std::string line_;
};

}  // namespace maha::data
