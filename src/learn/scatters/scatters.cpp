#include "learn/scatters/scatters.hpp"

#include <cmath>
#include <string>

#include "core/error.hpp"
#include "core/machine/memory.hpp"
#include "linalg/exact/scatter_sums.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/spectral/psd.hpp"
#include "linalg/symmetric.hpp"

namespace maha::learn {
namespace {

using linalg::Moments;
using linalg::ScatterSums;
using prepare::PairScatters;

Index pairs_among(Index n) { return n * (n - 1) / 2; }

/// With S_c the scatter of the n_c rows of class c about their mean m_c, and m the mean of all n rows, the sums over the
/// pairs of either kind are sum_c n_c S_c and sum_c (n - n_c) S_c + n sum_c n_c (m_c - m)(m_c - m)'.
PairScatters class_pairs_of(const std::vector<const ScatterSums*>& classes, const Moments& moments) {
  const Index n = moments.rows(), d = moments.dims();
  PairScatters pairs{SquareMatrix::Zero(d, d), SquareMatrix::Zero(d, d)};
  for (const ScatterSums* own : classes) {
    const SquareMatrix S = own->scatter();
    pairs.similar += static_cast<double>(own->rows) * S;
    pairs.dissimilar += static_cast<double>(n - own->rows) * S;
    pairs.similar_pairs += pairs_among(own->rows);
  }
  const Matrix between = moments.between();
  pairs.dissimilar += static_cast<double>(n) * between.transpose() * between;
  linalg::mirror_lower(pairs.dissimilar);
  pairs.dissimilar_pairs = pairs_among(n) - pairs.similar_pairs;
  return pairs;
}

/// A feature that varies by no more than what rounding may have left does not vary.
void still(SquareMatrix& S, const Vector& rounding) {
  for (Index a = 0; a < S.rows(); ++a) {
    if (S(a, a) > rounding[a]) continue;
    S.row(a).setZero();
    S.col(a).setZero();
  }
}

Moments varying_moments(const std::vector<const ScatterSums*>& groups) {
  Moments moments = linalg::moments_of(groups);
  Vector rounding = Vector::Zero(moments.dims());
  for (const ScatterSums* group : groups) rounding += group->rounding();
  still(moments.scatter, rounding);
  linalg::set_squares(moments);
  return moments;
}

SquareMatrix varying_scatter(const ScatterSums& differences) {
  SquareMatrix S = differences.scatter();
  still(S, differences.rounding());
  return S;
}

SquareMatrix mapped(const SquareMatrix& S, const Matrix& A) {
  SquareMatrix result = A * S * A.transpose();
  linalg::mirror_lower(result);
  return result;
}

Moments mapped(const Moments& moments, const Matrix& A) {
  Moments result;
  result.origin = RowVector::Zero(A.rows());
  result.count = moments.count;
  result.mean = (moments.mean.rowwise() - moments.total_mean()) * A.transpose();
  result.scatter = mapped(moments.scatter, A);
  result.squares = result.scatter.diagonal().transpose();
  result.high = (result.total_squares() / static_cast<double>(result.rows())).cwiseMax(0).cwiseSqrt();
  result.low = -result.high;
  return result;
}

PairScatters mapped(const PairScatters& pairs, const Matrix& A) {
  return {mapped(pairs.similar, A), mapped(pairs.dissimilar, A), pairs.similar_pairs, pairs.dissimilar_pairs};
}

/// H with H'H = S, which is positive semidefinite but for rounding.
Matrix factor_of(const SquareMatrix& S) {
  if (S.rows() == 0) return S;
  const linalg::Eigenpairs all = linalg::eigenpairs(S);
  return all.values.cwiseMax(0).cwiseSqrt().asDiagonal() * all.vectors.transpose();
}

}  // namespace

Scatters scatters_of(const std::vector<const ScatterSums*>& parts, bool by_class, const ScatterSums* similar,
                     const ScatterSums* dissimilar) {
  const auto d = static_cast<double>(parts.front()->dims());
  require_memory(12 * square_matrix_bytes(d), "scatters of " + std::to_string(parts.front()->dims()) + " features");
  const ScatterSums total = linalg::sum_of(parts);
  Scatters scatters{varying_moments({&total}), {}, {}, {}};
  if (by_class) {
    scatters.classes = varying_moments(parts);
    scatters.class_pairs = class_pairs_of(parts, *scatters.classes);
  }
  if (similar && dissimilar)
    scatters.pairs =
        PairScatters{varying_scatter(*similar), varying_scatter(*dissimilar), similar->rows, dissimilar->rows};
  return scatters;
}

Scatters mapped(const Scatters& scatters, const Matrix& A) {
  Scatters result{mapped(scatters.total, A), {}, {}, {}};
  if (scatters.classes) result.classes = mapped(*scatters.classes, A);
  if (scatters.pairs) result.pairs = mapped(*scatters.pairs, A);
  if (scatters.class_pairs) result.class_pairs = mapped(*scatters.class_pairs, A);
  return result;
}

const Moments& classes_of(const Scatters& scatters, const std::string& who) {
  if (!scatters.classes) throw InputError("there are no classes, which " + who + " needs: they come from labels");
  return *scatters.classes;
}

const PairScatters& pairs_of(const Scatters& scatters) {
  if (!scatters.pairs) throw InputError("there are no pairs: they come with `maha-cov --stats --pairs FILE`");
  return *scatters.pairs;
}

WhiteScatters whiten(const Moments& classes, const Moments& total) {
  const auto n = static_cast<double>(total.rows());
  const SquareMatrix S = total.scatter / n;
  WhiteScatters white;
  white.P = linalg::whitening(linalg::scaled_axes(S));
  if (white.P.rows() > 0) white.P = linalg::whitening(linalg::scaled_axes(mapped(S, white.P))) * white.P;
  white.within = factor_of(mapped(SquareMatrix(classes.scatter / n), white.P));
  white.total = factor_of(mapped(S, white.P));
  white.means = classes.between() * white.P.transpose() / std::sqrt(n);
  return white;
}

}  // namespace maha::learn
