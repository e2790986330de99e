#include "prepare/kernel/features.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/machine/memory.hpp"
#include "core/random.hpp"
#include "linalg/rounding.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/symmetric.hpp"
#include "linalg/units.hpp"

namespace maha::prepare {
namespace {

constexpr double kLeastEigenvalue = 1e-10;  // of the largest: below, sqrt(lambda) is mostly the rounding of K
constexpr Index kSample = 500;              // rows: their 125,000 distances give the median to a percent

void check_memory(Index n, Index m, Index asked) {
  const double bytes = 4 * square_matrix_bytes(static_cast<double>(m)) +
                       static_cast<double>(n) * static_cast<double>(m) * sizeof(double);
  require_memory(bytes, asked > 0 ? "a kernel of " + std::to_string(n) + " rows and " + std::to_string(m) + " landmarks"
                                  : "a kernel of " + std::to_string(n) + " rows, unless --landmarks M takes fewer,");
}

void refuse_overflow(bool finite) {
  if (!finite) throw InputError("the kernel's values are too large: scale the features, or lower --degree");
}

/// Rows that differ, and are one to the kernel.
void refuse_no_features(const metric::KernelMap::Parts& parts) {
  const Matrix& Z = parts.landmarks;
  if (linalg::spreads_of(Z).isZero(0))
    throw InputError("the " + std::to_string(Z.rows()) + " landmarks are equal rows: more --landmarks find others");
  const bool polynomial = parts.kernel == metric::Kernel::polynomial;
  throw InputError("the kernel tells no rows apart: " +
                   std::string(polynomial ? "another --bandwidth or --offset does" : "a smaller --bandwidth does"));
}

/// Lambda^-1/2 U', r x m, of the centred K; `rounding`: what it may have of eigenvalues that are 0.
Matrix inverse_root(const SquareMatrix& centred, double rounding) {
  const linalg::Eigenpairs pairs = linalg::eigenpairs(centred);
  const Index m = pairs.values.size();
  const double least = std::max(kLeastEigenvalue * pairs.values(m - 1), rounding);
  Index r = 0;
  while (r < m && pairs.values(m - 1 - r) > least) ++r;
  if (r == 0) return Matrix::Zero(1, m);
  Matrix W(r, m);
  for (Index k = 0; k < r; ++k)
    W.row(k) = pairs.vectors.col(m - 1 - k).transpose() / std::sqrt(pairs.values(m - 1 - k));
  // NOTE 1 is an eigenvector, of 0. Rounding mixes it into those of small eigenvalues, where k(x, z), which is not
  // centred, would bring it to light.
  W.colwise() -= Vector(W.rowwise().mean());
  return W;
}

}  // namespace

double median_distance(const MatrixRef& U, std::uint64_t seed) {
  if (U.cols() == 0) return 1;
  Matrix sample = U(draw_rows(U.rows(), kSample, Random(seed)), Eigen::all);
  const double unit = linalg::unit_of(linalg::spreads_of(sample).maxCoeff());
  sample /= unit;
  std::vector<double> distances;
  for (Index i = 0; i < sample.rows(); ++i) {
    for (Index j = 0; j < i; ++j) {
      const double distance = (sample.row(i) - sample.row(j)).norm();
      if (distance > 0) distances.push_back(distance);
    }
  }
  if (distances.empty()) return 1;
  const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
  std::nth_element(distances.begin(), middle, distances.end());
  const double median = *middle * unit;
  if (!std::isfinite(median)) throw InputError("the values are too large: their distances overflow");
  return median;
}

metric::Network fit_kernel(const MatrixRef& X, const RowVector& shift, const RowVector& scale,
                           const KernelOptions& options, const Threads& threads) {
  const Index n = X.rows(), m = std::min(options.landmarks.value_or(n), n);
  check_memory(n, m, options.landmarks.value_or(0));
  const std::uint64_t seed = options.seed.value_or(KernelOptions::kSeed);

  // 1. The landmarks z, and the kernel.
  metric::KernelMap::Parts parts{options.kernel, 1, 1, 0, shift, scale, X(draw_rows(n, m, Random(seed)), Eigen::all)};
  if (options.kernel == metric::Kernel::polynomial) {
    parts.degree = options.degree.value_or(KernelOptions::kDegree);
    parts.offset = options.offset.value_or(KernelOptions::kOffset);
  }
  if (options.bandwidth) {
    parts.bandwidth = *options.bandwidth;
  } else {
    const Matrix rows = X(draw_rows(n, kSample, Random(seed)), Eigen::all);
    const Matrix scaled = (rows.rowwise() - shift).array().rowwise() / scale.array();
    parts.bandwidth = median_distance(scaled, seed);
  }
  const auto map = std::make_shared<const metric::KernelMap>(std::move(parts));

  // 2. K = k(z, z), its mean row, and H K H.
  SquareMatrix K = map->transform(map->parts().landmarks, threads);
  linalg::mirror_lower(K);
  refuse_overflow(K.allFinite());
  const Vector mean = K.rowwise().mean();
  const double all = mean.mean(), rounding = linalg::rank_tolerance(m) * K.trace();
  K.colwise() -= mean;
  K.rowwise() -= mean.transpose();
  K.array() += all;
  refuse_overflow(K.allFinite());

  // 3. phi(x) = W (k(x, z) - mean), W = Lambda^-1/2 U'.
  Matrix W = inverse_root(K, rounding);
  if (W.isZero(0) && !linalg::spreads_of(X).isZero(0)) refuse_no_features(map->parts());
  Vector bias = -(W * mean);
  return metric::Network({{std::move(W), std::move(bias), metric::Activation::linear}}, false, map);
}

}  // namespace maha::prepare
