#include "learn/covariance/robust/search/subset.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "learn/covariance/robust/search/dependences.hpp"
#include "linalg/rounding.hpp"
#include "linalg/scatter.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/spectral/psd.hpp"

namespace maha::learn::covariance {
namespace {

/// The mean and the covariance of some rows, and this with a unit diagonal: R = D^-1 S D^-1. D: 1 where S has 0.
struct Correlations {
  RowVector mean;
  Vector deviations;  // the diagonal of D
  SquareMatrix R;
};

Correlations correlations_of(const Matrix& U, const Subset& rows, const Threads& threads) {
  const linalg::Moments moments = linalg::moments_of(U(rows, Eigen::all), linalg::MomentOrder::scatter, threads);
  const SquareMatrix S = moments.scatter / static_cast<double>(rows.size());
  const Vector deviations = linalg::diagonal_scale(S), inverse = deviations.cwiseInverse();
  return {moments.origin + moments.total_mean(), deviations, inverse.asDiagonal() * S * inverse.asDiagonal()};
}

/// Of a rank tolerance, what a row's part across a hyperplane counts as zero for: more than for the covariance, which
/// was found singular in other units.
constexpr double kNearlyZero = 64;

bool is_singular(const SquareMatrix& R, double rcond) {
  if (rcond > linalg::rank_tolerance(R.rows())) return false;
  const Vector values = linalg::eigenvalues(R);
  return values(0) <= linalg::rank_tolerance(R.rows()) * values(values.size() - 1);
}

}  // namespace

std::optional<Ellipsoid> ellipsoid_of(const Matrix& U, const Subset& rows, const Threads& threads) {
  const Correlations found = correlations_of(U, rows, threads);
  const std::optional<linalg::CholeskyFactor> factor = linalg::cholesky(found.R);
  if (!factor || is_singular(found.R, factor->rcond)) return std::nullopt;
  const Vector inverse = found.deviations.cwiseInverse();
  Ellipsoid shape{found.mean, linalg::solve_lower(factor->L, inverse.asDiagonal()), 0};
  shape.log_determinant = 2 * (factor->L.diagonal().array().log() + found.deviations.array().log()).sum();
  return shape;
}

Vector distances_from(const Matrix& U, const Ellipsoid& shape, const Threads& threads) {
  Vector distances(U.rows());
  threads.for_ranges(U.rows(), kRowsTogether, [&](Index begin, Index end) {
    const Matrix Y = (U.middleRows(begin, end - begin).rowwise() - shape.mean) * shape.whitening.transpose();
    distances.segment(begin, end - begin) = Y.rowwise().squaredNorm();
  });
  return distances;
}

Subset nearest(const Vector& distances, Index h) {
  std::vector<std::pair<double, Index>> order(static_cast<std::size_t>(distances.size()));
  for (Index i = 0; i < distances.size(); ++i) order[static_cast<std::size_t>(i)] = {distances(i), i};
  if (h < distances.size()) std::nth_element(order.begin(), order.begin() + h, order.end());
  Subset rows(static_cast<std::size_t>(h));
  for (std::size_t k = 0; k < rows.size(); ++k) rows[k] = order[k].second;
  std::sort(rows.begin(), rows.end());
  return rows;
}

std::optional<Hyperplane> hyperplane_of(const Matrix& U, const Subset& rows, const Threads& threads) {
  const SquareMatrix found = dependences_of(U(rows, Eigen::all), kNearlyZero, threads);
  if (found.cols() == 0) return std::nullopt;
  const Index d = U.cols();
  Hyperplane plane{found.col(0).head(d), {}};
  const Vector off = ((U * plane.a).array() + found(d, 0)).abs();
  const Vector sizes = (U.rowwise().squaredNorm().array() + 1).sqrt();
  const double zero = kNearlyZero * linalg::rank_tolerance(d + 1) * static_cast<double>(rows.size());
  for (Index i = 0; i < U.rows(); ++i) {
    if (off(i) <= std::sqrt(zero) * sizes(i)) plane.rows.push_back(i);
  }
  return plane;
}

Concentrated concentrate(const Matrix& U, Subset rows, Index most_steps, const Threads& threads) {
  const auto shape_of = [&](const Subset& chosen) {
    if (std::optional<Ellipsoid> shape = ellipsoid_of(U, chosen, threads)) return *std::move(shape);
    if (std::optional<Hyperplane> plane = hyperplane_of(U, chosen, threads)) throw ExactFit{*std::move(plane)};
    return Ellipsoid{U.row(0), SquareMatrix::Zero(U.cols(), U.cols()), std::numeric_limits<double>::infinity()};
  };
  const Index h = std::ssize(rows);
  Concentrated best{std::move(rows), {}};
  best.shape = shape_of(best.rows);
  for (Index step = 0; step < most_steps && std::isfinite(best.shape.log_determinant); ++step) {
    Subset next = nearest(distances_from(U, best.shape, threads), h);
    if (next == best.rows) break;
    Ellipsoid shape = shape_of(next);
    if (!(shape.log_determinant < best.shape.log_determinant)) break;
    best = {std::move(next), std::move(shape)};
  }
  return best;
}

Concentrated concentrate(const Matrix& U, Subset rows, const Threads& threads) {
  return concentrate(U, std::move(rows), std::numeric_limits<Index>::max(), threads);
}

}  // namespace maha::learn::covariance
