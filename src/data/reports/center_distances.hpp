#pragma once

#include <functional>

#include "core/machine/parallel.hpp"
#include "data/model/model.hpp"
#include "data/rows/row_source.hpp"
#include "io/output.hpp"

namespace maha::data {

struct CenterDistances {
  bool squared = false;                           ///< write squared distances
  std::function<double(double squared)> p_value;  ///< of a row, by its squared distance; of infinity too
};

/// Writes how far each row of a file is from the model's center, a block of rows at a time: CSV with the header
/// `row,distance,p_value`, rows by their number in the file, or by the id column, under its own name ("id" if it has
/// none). Returns how many rows were passed over for missing values. Throws InputError if the model has no center, or
/// a field is missing that has no fill, or a
/// distance, or its square if that is asked for, overflows.
Index write_center_distances(RowSource& source, const Model& model, const CenterDistances& options, io::Output& output,
                             const Threads& threads = Threads());

}  // namespace maha::data
