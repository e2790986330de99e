#pragma once
/// The basic types of the library.

#include <Eigen/Core>
#include <vector>

namespace maha {

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
