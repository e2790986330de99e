#include "metric/network/kernel_map.hpp"

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/rounded.hpp"

namespace maha::metric {
namespace {

// Where |u - v|^2 is so small a share of |u|^2 + |v|^2, the expansion |u|^2 + |v|^2 - 2u'v has lost digits, and the
// difference is squared instead. Of rows about their mean few are that close.
constexpr double kCancelled = 1e-2;

void check_entries(const char* name, const RowVector& values, Index d) {
  const std::string what = name;
  if (values.size() != d) {
    throw InputError(what + " has " + counted(values.size(), "entry", "entries") + ", the landmarks have " +
                     std::to_string(d));
  }
  for (Index j = 0; j < d; ++j) {
    if (!std::isfinite(values(j))) throw InputError(what + " entry " + std::to_string(j + 1) + " is not finite");
  }
}

void check(const KernelMap::Parts& parts) {
  const Matrix& Z = parts.landmarks;
  if (parts.kernel == Kernel::none) throw InputError("a kernel map without a kernel");
  if (!(parts.bandwidth > 0 && std::isfinite(parts.bandwidth)))
    throw InputError("bandwidth is " + rounded(parts.bandwidth) + ", not a finite number above 0");
  if (parts.degree < 1) throw InputError("degree is " + std::to_string(parts.degree) + ", and must be at least 1");
  if (!(parts.offset >= 0 && std::isfinite(parts.offset)))
    throw InputError("offset is " + rounded(parts.offset) + ", not a finite number from 0 on");
  if (Z.size() == 0) throw InputError("landmarks has no entries");
  for (Index i = 0; i < Z.rows(); ++i) {
    for (Index j = 0; j < Z.cols(); ++j) {
      if (std::isfinite(Z(i, j))) continue;
      throw InputError("landmarks row " + std::to_string(i + 1) + ", column " + std::to_string(j + 1) +
                       " is not a finite number");
    }
  }
  check_entries("shift", parts.shift, Z.cols());
  check_entries("scale", parts.scale, Z.cols());
  for (Index j = 0; j < Z.cols(); ++j) {
    if (!(parts.scale(j) > 0)) throw InputError("scale entry " + std::to_string(j + 1) + " must be above 0");
  }
}

/// By squaring: the same bits everywhere, unlike pow().
double power(double base, Index exponent) {
  double result = 1;
  for (; exponent > 0; exponent /= 2) {
    if (exponent % 2 == 1) result *= base;
    base *= base;
  }
  return result;
}

}  // namespace

KernelMap::KernelMap(Parts parts) : parts_(std::move(parts)) {
  check(parts_);
  origin_ = RowVector::Zero(dims());
  V_ = prepared(parts_.landmarks);
  if (parts_.kernel != Kernel::polynomial) {
    const RowVector mean = V_.colwise().mean();
    if (mean.allFinite()) origin_ = mean;
    V_ = prepared(parts_.landmarks);
  }
  squares_ = V_.rowwise().squaredNorm();
}

/// (x - shift) / (scale h) less the origin. The quotient is the same for a landmark as for a row that equals it.
Matrix KernelMap::prepared(const MatrixRef& X) const {
  Matrix U = X.rowwise() - parts_.shift;
  U.array().rowwise() /= parts_.scale.array();
  U /= parts_.bandwidth;
  return U.rowwise() - origin_;
}

Matrix KernelMap::of_tile(const MatrixRef& rows) const {
  const Index n = rows.rows(), m = count();
  Matrix U = Matrix::Zero(kTile, dims());
  U.topRows(n) = prepared(rows);
  Matrix K = U * V_.transpose();
  K.bottomRows(kTile - n).setZero();
  // NOTE std::exp, an entry at a time: Eigen's own rounds differently at the end of a row, wherever that is.
  for (Index i = 0; i < n; ++i) {
    const double square = U.row(i).squaredNorm();
    for (Index j = 0; j < m; ++j) {
      if (parts_.kernel == Kernel::polynomial) {
        K(i, j) = power(K(i, j) + parts_.offset, parts_.degree);
        continue;
      }
      const double both = square + squares_(j);
      double distance = both - 2 * K(i, j);
      if (!(distance > kCancelled * both)) distance = (U.row(i) - V_.row(j)).squaredNorm();
      K(i, j) = std::exp(parts_.kernel == Kernel::rbf ? -distance / 2 : -std::sqrt(distance));
    }
  }
  return K;
}

Matrix KernelMap::transform(const MatrixRef& X, const Threads& threads) const {
  if (X.cols() != dims()) {
    throw InputError("the kernel is over " + std::to_string(dims()) + " features, the data has " +
                     std::to_string(X.cols()));
  }
  Matrix K(X.rows(), count());
  threads.for_ranges(X.rows(), kTile, [&](Index begin, Index end) {
    K.middleRows(begin, end - begin) = of_tile(X.middleRows(begin, end - begin)).topRows(end - begin);
  });
  return K;
}

KernelMap KernelMap::reordered(const std::vector<Index>& order) const {
  Parts parts = parts_;
  parts.landmarks = Matrix(parts_.landmarks(Eigen::all, order));
  parts.shift = RowVector(parts_.shift(order));
  parts.scale = RowVector(parts_.scale(order));
  return KernelMap(std::move(parts));
}

}  // namespace maha::metric
