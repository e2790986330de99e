#include "prepare/white_rows.hpp"

#include <cmath>
#include <string>
#include <utility>

#include "core/error.hpp"
#include "core/machine/memory.hpp"
#include "linalg/scatter.hpp"
#include "linalg/spectral/few_rows.hpp"
#include "linalg/spectral/psd.hpp"
#include "linalg/units.hpp"

namespace maha::prepare {
namespace {

void require_fitting_squares(const linalg::Moments& moments) {
  if (!moments.squares.allFinite()) throw InputError("the values are too large: their squares overflow");
  for (Index j = 0; j < moments.dims(); ++j) {
    const double spread = moments.high(j) - moments.low(j);
    if (spread == 0 || spread >= linalg::kLeastSpread) continue;
    throw InputError("the values of feature " + std::to_string(j + 1) +
                     " differ by too little: their squares underflow");
  }
}

Matrix whitening_of_scatter(const MatrixRef& X, const Threads& threads) {
  require_memory(8 * square_matrix_bytes(static_cast<double>(X.cols())),
                 "the covariance of " + std::to_string(X.cols()) + " features");
  const linalg::Moments moments = linalg::moments_of(X, linalg::MomentOrder::scatter, threads);
  return linalg::whitening(linalg::scaled_axes(moments.scatter / static_cast<double>(X.rows())));
}

Matrix whitening_of_few_rows(const MatrixRef& X, const Threads& threads) {
  Matrix H = linalg::scatter_rows(X) / std::sqrt(static_cast<double>(X.rows()));
  const RowVector squares = H.colwise().squaredNorm();
  const Vector scale = (squares.array() > 0).select(squares.cwiseSqrt(), 1).transpose();
  H *= scale.cwiseInverse().asDiagonal();
  return linalg::whitening({linalg::principal_axes_of_rows(H, H.rows(), threads), scale});
}

/// X less its mean.
Matrix centred(const MatrixRef& X, const linalg::Moments& moments) {
  return (X.rowwise() - moments.origin).rowwise() - moments.total_mean();
}

linalg::Moments variances_of(const MatrixRef& X, const Threads& threads) {
  return linalg::moments_of(X, linalg::MomentOrder::variances, threads);
}

}  // namespace

Matrix way_back(const MatrixRef& X, const MatrixRef& Z) {
  return (X.rowwise() - X.colwise().mean()).transpose() * Z / static_cast<double>(Z.rows());
}

WhiteRows whiten_rows(const MatrixRef& X, const Threads& threads) {
  const linalg::Moments moments = variances_of(X, threads);
  require_fitting_squares(moments);
  const bool few = X.rows() <= X.cols();
  Matrix P = few ? whitening_of_few_rows(X, threads) : whitening_of_scatter(X, threads);
  Matrix Z = centred(X, moments) * P.transpose();
  if (P.rows() > 0) {
    const Matrix again =
        few && Z.rows() <= Z.cols() ? whitening_of_few_rows(Z, threads) : whitening_of_scatter(Z, threads);
    P = again * P;
    Z = centred(Z, variances_of(Z, threads)) * again.transpose();
  }
  return {std::move(P), std::move(Z)};
}

}  // namespace maha::prepare
