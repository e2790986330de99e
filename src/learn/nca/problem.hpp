#pragma once

#include <vector>

#include "learn/nca/nca.hpp"
#include "linalg/distance_loss.hpp"

namespace maha::learn::nca {

/// Rows sorted by class, so that those of a class follow each other.
struct SortedRows {
  Matrix X;                        ///< n x d
  std::vector<Index> first, last;  ///< of each row: its class is rows first, ..., last - 1

  Index rows() const { return X.rows(); }
};

/// The rows X(chosen), sorted by their classes y(chosen), otherwise in the order listed.
SortedRows sorted_by_class(const Matrix& X, const Labels& y, const std::vector<Index>& chosen);

/// All rows of X.
SortedRows sorted_by_class(const Matrix& X, const Labels& y);

/// What row i loses, -p_i or -log p_i; nothing if it is alone in its class. `rows` must outlive it.
linalg::RowLoss loss_of(const SortedRows& rows, Objective objective);

}  // namespace maha::learn::nca
