#include "prepare/pairs/pair_moments.hpp"

#include <string>

#include "core/error.hpp"
#include "core/machine/memory.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/spectral/psd.hpp"
#include "linalg/units.hpp"
#include "metric/metric.hpp"
#include "prepare/pairs/pair_rows.hpp"
#include "prepare/pairs/pair_scatter.hpp"

namespace maha::prepare {
namespace {

SquareMatrix mean_square(const Matrix& X, const Pairs& pairs, const Threads& threads) {
  const auto count = static_cast<Index>(pairs.size());
  return pair_scatter(X, pairs, Vector::Constant(count, 1 / static_cast<double>(count)), threads);
}

/// X B' for orthonormal rows B; equal rows stay equal.
Matrix in_basis(const Matrix& X, const Matrix& B, const Threads& threads) {
  return metric::Metric::from_factor(B).transform(X, threads);
}

/// r x d, orthonormal rows: a basis of the range of T, the mean square of all differences.
Matrix range_of(const SquareMatrix& T) {
  const auto [all, scale] = linalg::scaled_axes(T);
  if (all.varying == T.rows()) return Matrix::Identity(T.rows(), T.rows());
  if (all.varying == 0) return Matrix(0, T.rows());
  return linalg::orthonormal(SquareMatrix(scale.asDiagonal() * all.axes.topRows(all.varying).transpose())).transpose();
}

/// The same, first for the span of the rows where there are fewer than features: T is d x d.
Matrix basis_of(PairRows& rows, const Threads& threads) {
  Matrix span;
  if (rows.X.rows() < rows.X.cols()) {
    span = linalg::orthonormal(SquareMatrix(rows.X.transpose())).transpose();
    rows.X = in_basis(rows.X, span, threads);
  }
  require_memory(8 * square_matrix_bytes(static_cast<double>(rows.X.cols())),
                 "scatters of " + std::to_string(rows.X.cols()) + " features");
  const SquareMatrix T = mean_square(rows.X, rows.pairs, threads);
  if (!T.allFinite()) throw InputError("the values are too large: their squares overflow");
  const Matrix range = range_of(T);
  if (range.rows() < T.rows() && range.rows() > 0) rows.X = in_basis(rows.X, range, threads);
  return span.size() > 0 ? Matrix(range * span) : range;
}

}  // namespace

PairMoments pair_moments(const MatrixRef& X, const Pairs& pairs, const Threads& threads) {
  check_both_kinds(pairs, X.rows());
  PairMoments moments;
  PairRows rows = rows_in_pairs(X, pairs);
  moments.unit = linalg::unit_of_rows(rows.X);
  if (moments.unit != 1) rows.X /= moments.unit;
  rows = about_their_middle(std::move(rows));
  moments.basis = basis_of(rows, threads);
  const Pairs similar = pairs_with(rows.pairs, true), dissimilar = pairs_with(rows.pairs, false);
  moments.similar_pairs = static_cast<Index>(similar.size());
  moments.dissimilar_pairs = static_cast<Index>(dissimilar.size());
  if (moments.basis.rows() == 0) return moments;  // all differences are 0
  moments.similar = mean_square(rows.X, similar, threads);
  moments.dissimilar = mean_square(rows.X, dissimilar, threads);
  return moments;
}

}  // namespace maha::prepare
