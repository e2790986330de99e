#include "learn/principal_plane.hpp"

#include <algorithm>

#include "learn/preprocessing.hpp"

namespace maha {

PrincipalPlane principal_plane(const MatrixRef& X, const Threads& threads) {
  PrincipalPlane plane{Matrix::Zero(X.rows(), 2), Vector::Zero(2)};
  const Index kept = std::min<Index>(2, X.cols());
  if (kept == 0) return plane;
  MomentStream stream(X.cols(), MomentOrder::scatter, threads);
  stream.add(X);
  const Moments moments = stream.finish();
  plane.Z.leftCols(kept) = Preprocessing(moments, {Scale::none, kept}).apply(X, threads);
  const double all = moments.squares.sum();
  if (all > 0) plane.share = plane.Z.colwise().squaredNorm().transpose() / all;
  return plane;
}

}  // namespace maha
