#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/shared_rows.hpp"
#include "data/columns/columns.hpp"
#include "data/rows/row_block.hpp"

namespace maha::data {

/// How the records of a file of text are written, for reports that hand them on with columns of their own.
struct RecordText {
  std::string header;  ///< with its line end; empty without a header
  char delimiter = ',';
  char decimal = '.';
};

/// A file as a stream of rows, in order, whatever its format: all that learners, reports and tools know of it.
class RowSource {
 public:
  RowSource() = default;
  RowSource(const RowSource&) = delete;
  RowSource& operator=(const RowSource&) = delete;
  virtual ~RowSource() = default;

  /// The file, for messages.
  virtual const std::string& name() const = 0;
  virtual const Columns& columns() const = 0;

  /// The next rows, at least one read; false at the end. Throws InputError naming the file and the place in it.
  virtual bool next(RowBlock& block) = 0;

  /// For who will hold all rows, before the first is read: all of them at once, if they stand in the file as they are
  /// wanted and are mapped. next() then gives the rest of them, X without a column; a row of which it says nothing is one
  /// to pass over.
  virtual std::optional<SharedRows> map() { return std::nullopt; }

  /// For who will hold so many rows, or all, at once: throws InputError, naming the file, if it is known before they are
  /// read that memory does not suffice.
  virtual void check_room(Index) const {}

  /// Throws InputError if rows of this format are no records of text.
  virtual const RecordText& record_text() const;

  /// Throws InputError if these, the names of all classes, show that a label column nobody named is none. Numbers have
  /// a decimal point here.
  virtual void check_classes(const std::vector<std::string>& classes) const;
};

}  // namespace maha::data
