#pragma once
/// The names that everything else is written in.

#include <Eigen/Core>
#include <vector>

namespace maha {

/// Eigen cuts its products by the cache sizes it finds, and the cut decides how sums are rounded: with fixed sizes,
/// those of the processors we build for, every machine computes the same bits.
inline const bool fixed_cache_sizes = [] {
  Eigen::setCpuCacheSizes(32 << 10, 512 << 10, 4 << 20);
  return true;
}();

using Index = Eigen::Index;

/// n x d, one sample a row, row-major: a row is contiguous, as it comes from a file.
using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using MatrixRef = Eigen::Ref<const Matrix>;

/// d x d, symmetric where it is a metric, a covariance or a scatter.
using SquareMatrix = Eigen::MatrixXd;

using Vector = Eigen::VectorXd;
using RowVector = Eigen::RowVectorXd;

/// Class ids in [0, C), one for each row.
using Labels = std::vector<int>;

}  // namespace maha
