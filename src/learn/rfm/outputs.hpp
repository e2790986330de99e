#pragma once

#include "learn/samples.hpp"

namespace maha::learn::rfm {

/// What the function to be learned shall give for each row.
struct Outputs {
  /// n x c: the target over its unit, or a column for each class, 1 for its rows, else 0; of two classes one column.
  Matrix Y;
  Labels groups;  ///< n: of each, rows are held out in proportion; the classes, or parts of the target's range
};

/// Throws InputError for a target that is the same for all, without one for fewer than two classes.
Outputs outputs_of(const Samples& samples);

}  // namespace maha::learn::rfm
