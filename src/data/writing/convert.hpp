#pragma once

#include "data/rows/row_source.hpp"
#include "data/table/table.hpp"
#include "data/writing/class_numbers.hpp"
#include "data/writing/row_writer.hpp"

namespace maha::data {

/// The columns of both files, where labels go to one of their own.
struct WrittenApart {
  WrittenColumns rows, labels;
};

/// Throws InputError if there is no label.
WrittenApart labels_apart(WrittenColumns columns);

/// Where rows go to: all to one writer, or their labels to another; with numbers in place of labels, if there are
/// `classes` that have them.
struct RowOutputs {
  RowWriter* rows = nullptr;
  RowWriter* labels = nullptr;
  const ClassNumbers* classes = nullptr;

  void write(RowBlock& block) const;
  void finish() const;
};

/// Writes all rows of a file. Returns how many were passed over for missing values. Throws InputError if the file has no
/// usable row.
Index write_all(RowSource& source, const RowOutputs& outputs);

/// The same of a table in memory.
void write_all(const Table& table, const RowOutputs& outputs);

}  // namespace maha::data
