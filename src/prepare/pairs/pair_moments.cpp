#include "prepare/pairs/pair_moments.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/machine/memory.hpp"
#include "core/rows_by_class.hpp"
#include "linalg/rounding.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/spectral/psd.hpp"
#include "linalg/symmetric.hpp"
#include "linalg/units.hpp"
#include "metric/metric.hpp"
#include "prepare/pairs/pair_rows.hpp"
#include "prepare/pairs/pair_scatter.hpp"

namespace maha::prepare {
namespace {

/// Pairs with the weights of a sum of w (x_i - x_j)(x_i - x_j)'.
struct WeightedPairs {
  Pairs pairs;
  Vector weights;
};

/// Rows, and the weighted pairs of them that give the mean squares of all pairs, of the similar and of the dissimilar.
struct PairSums {
  Matrix X;
  WeightedPairs all{}, similar{}, dissimilar{};
  Index similar_pairs = 0, dissimilar_pairs = 0;
};

SquareMatrix sum_of(const Matrix& X, const WeightedPairs& of, const Threads& threads) {
  return pair_scatter(X, of.pairs, of.weights, threads);
}

WeightedPairs mean_of(Pairs pairs) {
  const auto count = static_cast<Index>(pairs.size());
  return {std::move(pairs), Vector::Constant(count, 1 / static_cast<double>(count))};
}

/// The pairs of one kind, with their weights or as a mean if there are none.
WeightedPairs of_kind(const Pairs& pairs, bool similar, const Vector& weights) {
  if (weights.size() == 0) return mean_of(pairs_with(pairs, similar));
  WeightedPairs kind{pairs_with(pairs, similar), {}};
  kind.weights.resize(std::ssize(kind.pairs));
  for (Index p = 0, filled = 0; p < weights.size(); ++p) {
    if (pairs[static_cast<std::size_t>(p)].similar == similar) kind.weights[filled++] = weights[p];
  }
  return kind;
}

/// X B'; equal rows stay equal.
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

/// An orthonormal basis of the span of fewer rows than features, a vector a row; takes the rows to it. Dependent rows
/// leave vectors that are orthogonal to all rows but for rounding: at unit diagonal these would count as any other.
Matrix span_of(Matrix& X, const Threads& threads) {
  const Matrix Q = linalg::orthonormal(SquareMatrix(X.transpose())).transpose();
  const Matrix Z = in_basis(X, Q, threads);
  const RowVector length = Z.colwise().norm();
  std::vector<Index> kept;
  for (Index k = 0; k < length.size(); ++k) {
    if (length[k] > linalg::product_rounding(X.cols()) * length.norm()) kept.push_back(k);
  }
  X = Z(Eigen::all, kept);
  return Q(kept, Eigen::all);
}

/// The same, first for the span of the rows where there are fewer than features: T is d x d.
Matrix basis_of(PairSums& sums, const Threads& threads) {
  Matrix span;
  if (sums.X.rows() < sums.X.cols()) {
    span = span_of(sums.X, threads);
    if (span.rows() == 0) return span;
  }
  require_memory(8 * square_matrix_bytes(static_cast<double>(sums.X.cols())),
                 "scatters of " + std::to_string(sums.X.cols()) + " features");
  const SquareMatrix T = sum_of(sums.X, sums.all, threads);
  if (!T.allFinite()) throw InputError("the values are too large: their squares overflow");
  const Matrix range = range_of(T);
  if (range.rows() < T.rows() && range.rows() > 0) sums.X = in_basis(sums.X, range, threads);
  return span.size() > 0 ? Matrix(range * span) : range;
}

/// P with P (S + D) P' / 2 = I.
Matrix whitening_of(const PairMoments& moments) {
  return linalg::whitening(linalg::scaled_axes((moments.similar + moments.dissimilar) / 2));
}

/// Takes moments and rows to the basis in which (S + D) / 2 = I. S and D are summed up once more there, which gives
/// back the digits that features of unlike size or nearly dependent ones cost the first sums.
void whiten(PairMoments& moments, PairSums& sums, const Threads& threads) {
  const Matrix P = whitening_of(moments);
  sums.X = in_basis(sums.X, P, threads);
  moments.basis = P * moments.basis;
  moments.similar = sum_of(sums.X, sums.similar, threads);
  moments.dissimilar = sum_of(sums.X, sums.dissimilar, threads);
}

/// The moments of rows that were divided by `unit`.
PairMoments moments_of(PairSums sums, double unit, PairBasis wanted, const Threads& threads) {
  PairMoments moments;
  moments.unit = unit;
  moments.similar_pairs = sums.similar_pairs;
  moments.dissimilar_pairs = sums.dissimilar_pairs;
  moments.basis = basis_of(sums, threads);
  if (moments.basis.rows() == 0) return moments;  // all differences are 0
  moments.similar = sum_of(sums.X, sums.similar, threads);
  moments.dissimilar = sum_of(sums.X, sums.dissimilar, threads);
  if (wanted == PairBasis::white) whiten(moments, sums, threads);
  return moments;
}

PairSums sums_of_pairs(PairRows rows, const Vector& weights) {
  PairSums sums{std::move(rows.X)};
  sums.similar = of_kind(rows.pairs, true, weights);
  sums.dissimilar = of_kind(rows.pairs, false, weights);
  sums.similar_pairs = static_cast<Index>(sums.similar.pairs.size());
  sums.dissimilar_pairs = static_cast<Index>(sums.dissimilar.pairs.size());
  sums.all = mean_of(std::move(rows.pairs));
  return sums;
}

/// The weights of a class of `own` of n rows in the sums over all pairs, the similar and the dissimilar: of its rows
/// against their mean, and of that against the mean of all rows.
struct ClassWeights {
  double all, similar, dissimilar, mean_all, mean_dissimilar;
};

ClassWeights weights_of(Index own, Index n, const PairSums& sums) {
  const auto c = static_cast<double>(own), all = static_cast<double>(n);
  const auto similar = static_cast<double>(sums.similar_pairs), dissimilar = static_cast<double>(sums.dissimilar_pairs);
  return {all / (similar + dissimilar), c / similar, (all - c) / dissimilar, all * c / (similar + dissimilar),
          all * c / dissimilar};
}

/// Pairs of the rows with the means of their classes, and of these with the mean of all rows, which follow the n rows.
PairSums sums_of_classes(const Matrix& X, const std::vector<std::vector<Index>>& classes) {
  const Index n = X.rows(), C = static_cast<Index>(classes.size());
  PairSums sums{Matrix(n + C + 1, X.cols())};
  sums.X.topRows(n) = X;
  sums.X.row(n + C) = X.colwise().mean();
  for (const std::vector<Index>& rows : classes) sums.similar_pairs += std::ssize(rows) * (std::ssize(rows) - 1) / 2;
  sums.dissimilar_pairs = n * (n - 1) / 2 - sums.similar_pairs;
  if (sums.dissimilar_pairs == 0)
    throw InputError("all " + std::to_string(n) + " rows are of one class: there is no dissimilar pair");
  if (sums.similar_pairs == 0) throw InputError("no class has two rows: there is no similar pair");
  for (WeightedPairs* of : {&sums.all, &sums.similar, &sums.dissimilar}) of->weights.resize(n + C);
  for (Index c = 0, p = 0; c < C; ++c) {
    const std::vector<Index>& rows = classes[static_cast<std::size_t>(c)];
    const ClassWeights w = weights_of(std::ssize(rows), n, sums);
    sums.X.row(n + c) = X(rows, Eigen::all).colwise().mean();
    const auto add = [&](Index i, Index j, double all, double similar, double dissimilar) {
      sums.all.pairs.push_back({i, j, false});
      sums.all.weights[p] = all, sums.similar.weights[p] = similar, sums.dissimilar.weights[p] = dissimilar;
      ++p;
    };
    for (const Index i : rows) add(i, n + c, w.all, w.similar, w.dissimilar);
    add(n + c, n + C, w.mean_all, 0, w.mean_dissimilar);
  }
  sums.similar.pairs = sums.dissimilar.pairs = sums.all.pairs;
  return sums;
}

void require_both_kinds(Index similar, Index dissimilar) {
  if (similar == 0) throw InputError("there is no similar pair");
  if (dissimilar == 0) throw InputError("there is no dissimilar pair");
}

SquareMatrix in_basis(const SquareMatrix& S, const Matrix& B) {
  SquareMatrix result = B * S * B.transpose();
  linalg::mirror_lower(result);
  return result;
}

}  // namespace

PairMoments pair_moments(const MatrixRef& X, const Pairs& pairs, const Threads& threads, PairBasis basis,
                         const Vector& weights) {
  check_both_kinds(pairs, X.rows());
  PairRows rows = rows_in_pairs(X, pairs);
  const double unit = linalg::unit_of_rows(rows.X);
  if (unit != 1) rows.X /= unit;
  return moments_of(sums_of_pairs(about_their_middle(std::move(rows)), weights), unit, basis, threads);
}

PairMoments class_moments(const MatrixRef& X, const Labels& y, const Threads& threads, PairBasis basis) {
  if (X.rows() != static_cast<Index>(y.size())) throw InputError("rows and labels differ in number");
  std::vector<std::vector<Index>> classes = rows_by_class(y);
  std::erase_if(classes, [](const std::vector<Index>& rows) { return rows.empty(); });
  const double unit = linalg::unit_of_rows(X);
  Matrix rows = X / unit;
  rows.rowwise() -= RowVector(rows.colwise().mean());
  return moments_of(sums_of_classes(rows, classes), unit, basis, threads);
}

PairMoments pair_moments(const PairScatters& scatters, PairBasis basis) {
  PairMoments moments;
  moments.similar_pairs = scatters.similar_pairs;
  moments.dissimilar_pairs = scatters.dissimilar_pairs;
  require_both_kinds(moments.similar_pairs, moments.dissimilar_pairs);
  const double widest = std::max(scatters.similar.diagonal().maxCoeff(), scatters.dissimilar.diagonal().maxCoeff());
  moments.unit = linalg::unit_of(std::sqrt(widest));
  const double unit2 = moments.unit * moments.unit, m = static_cast<double>(moments.similar_pairs),
               n = static_cast<double>(moments.dissimilar_pairs);
  const SquareMatrix S = scatters.similar / (m * unit2), D = scatters.dissimilar / (n * unit2);
  moments.basis = range_of((m * S + n * D) / (m + n));
  const auto take = [&] {
    moments.similar = in_basis(S, moments.basis);
    moments.dissimilar = in_basis(D, moments.basis);
  };
  take();
  if (basis == PairBasis::white && moments.basis.rows() > 0) {
    moments.basis = whitening_of(moments) * moments.basis;
    take();
  }
  return moments;
}

}  // namespace maha::prepare
