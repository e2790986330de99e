#pragma once
/// Powers of two to measure rows in, where squares of what they hold would overflow or underflow. Dividing by one
/// rounds nothing, and what is learned is the same but for that factor.

#include "core/types.hpp"

namespace maha {

/// The range of each column's values, high - low, about: where that overflows, the largest double.
RowVector spreads_of(const MatrixRef& X);

/// The power of two at or below `size`; 1 for 0 and for common sizes, from 2^-common to 2^common: up to 250, sums of
/// fourth powers are numbers.
double unit_of(double size, int common = 250);

/// The power of two at or below the largest value of each column; 1 where all are 0.
RowVector units_of_columns(const MatrixRef& X);

/// One unit for all columns of X, that of the largest spread. Throws InputError where a column that varies would then
/// vanish beside another, or values are too large to be averaged.
double unit_of_rows(const MatrixRef& X);

}  // namespace maha
