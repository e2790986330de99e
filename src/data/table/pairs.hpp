#pragma once

#include <string>
#include <string_view>

#include "core/pairs.hpp"
#include "data/columns/columns.hpp"
#include "data/io/output.hpp"
#include "data/table/row_names.hpp"

namespace maha {

/// Answers are the third column of a pairs file.
enum class Answers { required, optional };

struct PairList {
  Pairs pairs;
  bool answered = false;  ///< there is a third column; without, no pair is marked similar
};

/// Reads a pairs file, `i,j` or `i,j,similar` with the answer 1, 0, -1, true or false (in any case of letters); further
/// columns are passed over. i is a row of `a`, j one of `b`, which may be the same table. Its first record is a header
/// if its third field is no answer, and it names no pair of rows; of two columns, if rows go by number and its first
/// field is none; where rows go by id, `header` must say so. A header that has these names says where the columns are.
/// Throws InputError naming file and line: an unknown row or id, i = j in one table, no answer where one is required,
/// no pair at all.
PairList read_pairs(const std::string& path, const RowNames& a, const RowNames& b, Answers answers, Header header,
                    const CsvDialect& dialect = {});

/// Writes pairs, a line each.
class PairWriter {
 public:
  /// Writes the header `i,j` + columns, as ",similar". Keeps references.
  PairWriter(Output& out, const std::string& columns, const RowNames& a, const RowNames& b);

  /// i is a row of `a`, j one of `b`; `fields` is the rest of the line, as ",1".
  void write(const Pair& pair, std::string_view fields);

 private:
  Output& out_;
  const RowNames &a_, &b_;
  std::string line_;
};

}  // namespace maha
