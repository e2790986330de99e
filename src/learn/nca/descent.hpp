#pragma once

#include "learn/nca/problem.hpp"

namespace maha::learn::nca {

/// Where a search came to.
struct Found {
  Matrix A;                      ///< k x r, or d x 1 weights
  std::optional<double> loss{};  ///< the mean loss over all rows, any penalty included; absent if stopped before
  double gradient = 0;           ///< of it, times |A|
  int iterations = 0;
};

/// Minimises the mean loss over A, k x r, by L-BFGS. rows: n x r.
Found descend(const SortedRows& rows, const Matrix& start, const NcaOptions& options, const Run& run);

/// The same over weights m >= 0 of the columns, d x 1, with l1 sum m added.
Found descend_weights(const SortedRows& rows, const Vector& start, const NcaOptions& options, const Run& run);

/// The same over A by Adam: `passes` times through the rows X (n x r, classes y), shuffled each time, `batch` rows a
/// step, among which alone they have their neighbours. The rate falls linearly to 0. A last evaluation takes all rows.
Found descend_by_batches(const Matrix& X, const Labels& y, const Matrix& start, Index batch, const NcaOptions& options,
                         const Run& run);

}  // namespace maha::learn::nca
