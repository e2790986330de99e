#include "prepare/pairs/pair_moments.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "core/error.hpp"
#include "core/machine/memory.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/spectral/few_rows.hpp"
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

/// The weighted sum over the pairs of one kind, or their mean if there are no weights.
SquareMatrix moment_of(const PairRows& rows, bool similar, const Vector& weights, const Threads& threads) {
  if (weights.size() == 0) return mean_square(rows.X, pairs_with(rows.pairs, similar), threads);
  Vector own = weights;
  for (Index p = 0; p < own.size(); ++p) {
    if (rows.pairs[static_cast<std::size_t>(p)].similar != similar) own[p] = 0;
  }
  return pair_scatter(rows.X, rows.pairs, own, threads);
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

void require_finite(bool finite) {
  if (!finite) throw InputError("the values are too large: their squares overflow");
}

/// That basis, in which `rows` are from then on.
Matrix basis_of(PairRows& rows, const Threads& threads) {
  require_memory(8 * square_matrix_bytes(static_cast<double>(rows.X.cols())),
                 "scatters of " + std::to_string(rows.X.cols()) + " features");
  const SquareMatrix T = mean_square(rows.X, rows.pairs, threads);
  require_finite(T.allFinite());
  Matrix range = range_of(T);
  if (range.rows() < T.rows() && range.rows() > 0) rows.X = in_basis(rows.X, range, threads);
  return range;
}

/// The same for fewer rows than features, without a d x d matrix: T is formed in the span of the scaled rows.
Matrix basis_of_few(PairRows& rows, const Threads& threads) {
  const auto count = static_cast<Index>(rows.pairs.size());
  const Vector weights = Vector::Constant(count, 1 / static_cast<double>(count));
  const Vector scale = pair_scatter_diagonal(rows.X, rows.pairs, weights, threads).cwiseSqrt();
  require_finite(scale.allFinite());
  const Vector inverse = (scale.array() > 0).select(scale.cwiseInverse(), 0);
  const Matrix scaled = rows.X * inverse.asDiagonal();
  const Matrix span = linalg::principal_axes_of_rows(scaled, scaled.rows(), threads).axes;
  if (span.rows() == 0) return span;
  const auto [axes, variances, varying] =
      linalg::principal_axes(mean_square(in_basis(scaled, span, threads), rows.pairs, threads));
  if (varying == 0) return Matrix(0, span.cols());
  const SquareMatrix range = scale.asDiagonal() * (axes.topRows(varying) * span).transpose();
  Matrix basis = linalg::orthonormal(range).transpose();
  rows.X = in_basis(rows.X, basis, threads);
  return basis;
}

}  // namespace

PairMoments pair_moments(const MatrixRef& X, const Pairs& pairs, const Threads& threads, const Vector& weights) {
  check_both_kinds(pairs, X.rows());
  PairMoments moments;
  PairRows rows = rows_in_pairs(X, pairs);
  moments.unit = linalg::unit_of_rows(rows.X);
  if (moments.unit != 1) rows.X /= moments.unit;
  rows = about_their_middle(std::move(rows));
  moments.basis = rows.X.rows() < rows.X.cols() ? basis_of_few(rows, threads) : basis_of(rows, threads);
  moments.similar_pairs = std::count_if(pairs.begin(), pairs.end(), [](const Pair& pair) { return pair.similar; });
  moments.dissimilar_pairs = std::ssize(pairs) - moments.similar_pairs;
  if (moments.basis.rows() == 0) return moments;  // all differences are 0
  moments.similar = moment_of(rows, true, weights, threads);
  moments.dissimilar = moment_of(rows, false, weights, threads);
  return moments;
}

}  // namespace maha::prepare
