#pragma once

#include "data/rows/row_source.hpp"
#include "data/table/labels.hpp"
#include "data/table/table.hpp"
#include "data/writing/row_writer.hpp"

namespace maha::data {

/// Where rows go to: all to one writer, or their labels to another; with numbers in place of labels, if `classes` is
/// there to count them, from 0 in the order of first sight.
struct RowOutputs {
  RowWriter* rows = nullptr;
  RowWriter* labels = nullptr;
  LabelCoder* classes = nullptr;

  void write(RowBlock& block) const;
  void finish() const;
};

/// Writes all rows of a file. Returns how many were passed over for missing values. Throws InputError if the file has no
/// usable row.
Index write_all(RowSource& source, const RowOutputs& outputs);

/// The same of a table in memory.
void write_all(const Table& table, const RowOutputs& outputs);

}  // namespace maha::data
