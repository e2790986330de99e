#include "prepare/principal_plane.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "linalg/scatter.hpp"
#include "linalg/spectral/few_rows.hpp"
#include "linalg/units.hpp"
#include "prepare/preprocessing.hpp"

namespace maha::prepare {

PrincipalPlane principal_plane(const MatrixRef& X, const Threads& threads) {
  PrincipalPlane plane{Matrix::Zero(X.rows(), 2), Vector::Zero(2)};
  const Index kept = std::min<Index>(2, X.cols());
  if (kept == 0) return plane;
  if (!X.allFinite()) throw InputError("coordinates are too large for numbers: they overflow");
  const double unit = X.rows() > 0 ? linalg::unit_of(X.cwiseAbs().maxCoeff()) : 1;
  const Matrix measured = unit == 1 ? Matrix() : Matrix(X / unit);
  const MatrixRef rows = unit == 1 ? X : MatrixRef(measured);
  const bool few = X.rows() < X.cols();
  const linalg::MomentOrder order = few ? linalg::MomentOrder::variances : linalg::MomentOrder::scatter;
  const linalg::Moments moments = linalg::moments_of(rows, order, threads);
  const PreprocessingOptions options{Scale::none, kept};
  const Preprocessing components =
      few ? Preprocessing(moments, options, linalg::scatter_rows(rows), threads) : Preprocessing(moments, options);
  plane.Z.leftCols(kept) = components.apply(rows, threads);
  const double all = moments.squares.sum();
  if (all > 0) plane.share = plane.Z.colwise().squaredNorm().transpose() / all;
  plane.Z *= unit;
  return plane;
}

}  // namespace maha::prepare
