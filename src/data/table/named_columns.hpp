#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/types.hpp"
#include "data/csv/dialect.hpp"
#include "io/input.hpp"

namespace maha::data {

/// A CSV file with a tool's figures (a trace, a ROC curve, ...), whose columns are found by the names in its header.
class NamedColumns {
 public:
  /// Reads all of the file. Throws InputError naming the file if it has no row behind its header, or a row that is
  /// not as long as the header.
  explicit NamedColumns(const std::string& path, const CsvDialect& dialect = {});
  explicit NamedColumns(std::unique_ptr<io::Input> input, const CsvDialect& dialect = {});

  const std::string& file() const { return file_; }
  Index rows() const { return static_cast<Index>(records_.size()); }
  bool has(const std::string& column) const;

  /// A column's numbers, which may be nan or inf. Throws InputError naming file, line and column if there is no such
  /// column or if a field is not a number.
  Vector numbers(const std::string& column) const;

  /// Throws InputError naming the file and the line of a row, from 0.
  [[noreturn]] void fail(Index row, const std::string& what) const;

  /// A column's fields as they are.
  std::vector<std::string> texts(const std::string& column) const;

 private:
  std::size_t place(const std::string& column) const;

  std::string file_;
  FieldReader fields_;
  std::vector<std::string> names_;
  std::vector<std::vector<std::string>> records_;
  std::vector<long> line_;  // of each record
};

}  // namespace maha::data
