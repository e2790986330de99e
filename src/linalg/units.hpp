#pragma once
/// Powers of two as units for rows whose squares would overflow or underflow. Dividing by one rounds nothing, and the
/// result is the same but for that factor.

#include "core/shared_rows.hpp"
#include "core/types.hpp"

namespace maha::linalg {

/// Differences below lose digits to underflow where they are squared.
inline constexpr double kLeastSpread = 0x1p-500;

/// The range of each column's values, high - low; the largest double where that overflows.
RowVector spreads_of(const MatrixRef& X);

/// The power of two at or below `size`; 1 for 0 and for common sizes, from 2^-common to 2^common. At the default of
/// 250, sums of fourth powers neither overflow nor underflow.
double unit_of(double size, int common = 250);

/// The power of two at or below the largest value of each column; 1 where all are 0.
RowVector units_of_columns(const MatrixRef& X);

/// One unit for all columns of X, that of the largest spread. Throws InputError if a column that varies would then
/// vanish beside another, or if values are too large to be averaged.
double unit_of_rows(const MatrixRef& X);

/// X / unit: the rows themselves where the unit is 1.
SharedRows rows_in_unit(const SharedRows& X, double unit);

}  // namespace maha::linalg
