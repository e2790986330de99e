#pragma once

#include <functional>
#include <initializer_list>
#include <string>

#include "data/columns/columns.hpp"
#include "data/pairs/row_names.hpp"
#include "io/output.hpp"

namespace maha::data {

/// A kind of file in which each record is a judgement about several rows of one table.
struct JudgementKind {
  RowColumns columns;
  std::string name;           ///< of one, such as "triplet"
  std::string header_option;  ///< that says whether the first line is a header
};

/// Reads a file of them, `visit` being called for each record. With Header::guess the first record is a header if it
/// does not name any row. If rows are given by id, only a record with the columns' names is a header, and the user must
/// decide all other cases. A header with these names tells where the columns are. Throws InputError naming file, line
/// and column; also if there is no record.
void read_judgements(const std::string& path, const JudgementKind& kind, const RowNames& rows, Header header,
                     const CsvDialect& dialect, const std::function<void(const RowRecords& record)>& visit);

/// Writes a header, then lines of rows.
class JudgementWriter {
 public:
  /// Keeps references.
  JudgementWriter(io::Output& out, const JudgementKind& kind, const RowNames& rows);

  void write(std::initializer_list<Index> rows);

 private:
  io::Output& out_;
  const RowNames& rows_;
  std::string line_;
};

}  // namespace maha::data
