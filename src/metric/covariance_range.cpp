#include "metric/covariance_range.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/error.hpp"
#include "linalg/rounding.hpp"
#include "linalg/spectral/eigen.hpp"

namespace maha::metric {
namespace {

constexpr Index kRowsTogether = 128;     // rows that a thread looks at together
constexpr double kWritten = 1e-6;        // six digits: how exactly another program may write a row
constexpr double kSameConstant = 1e-12;  // between the 15 digits that programs write and the rounding of a sum
constexpr double kPartOfBreak = 1e-6;    // of the largest part, from which a feature counts among those of a dependence

/// lambda_max / lambda_min of A A', whose square root is how much the rows of A stretch what they span.
double stretch(const Matrix& A) {
  const Vector values = linalg::eigenvalues(A * A.transpose());
  return values(values.size() - 1) / std::max(values(0), 0.0);
}

}  // namespace

/// Of each row: the size m of its u, the part of u / m outside of the range, and how much of that rounding explains.
struct CovarianceRange::Part {
  Matrix residual;  // n x d
  Vector allowed;   // n; infinite where u overflows
};

CovarianceRange::CovarianceRange(const Metric& metric, Vector center, Vector deviations, Index rows)
    : center_(center.transpose()), inverse_(RowVector::Zero(deviations.size())) {
  const Index d = metric.dims();
  if (center.size() != d || deviations.size() != d) {
    throw InputError("center and deviations have " + std::to_string(center.size()) + " and " +
                     std::to_string(deviations.size()) + " entries, the metric is over " + std::to_string(d) +
                     " features");
  }
  for (Index j = 0; j < d; ++j) {
    if (deviations(j) > 0) inverse_(j) = 1 / deviations(j);
    if (!(deviations(j) > 0)) constant_.push_back(j);
  }
  Matrix A = metric.factor() * deviations.asDiagonal();
  const Index varying = d - static_cast<Index>(constant_.size()), lost = varying - A.rows();
  if (lost <= 0 || A.rows() == 0) return;
  // Rows of a factor that was learned keep their own digits, whatever their lengths; those of M's do not.
  if (metric.form() == Metric::Form::factor) A.rowwise().normalize();
  const double tolerance = linalg::rank_tolerance(d), size = static_cast<double>(d);
  const double left_out = 2 * static_cast<double>(rows) * static_cast<double>(lost) * tolerance * size;
  absolute_ = std::max(kWritten, std::sqrt(left_out));
  relative_ = std::max(kWritten, size * tolerance * stretch(A));
  const SquareMatrix Q = linalg::orthonormal(SquareMatrix(A.transpose()));
  onto_ = Metric::from_factor(Q.transpose());
  back_ = Metric::from_factor(Q);
}

CovarianceRange::Part CovarianceRange::outside_part(const MatrixRef& X) const {
  Matrix U = (X.rowwise() - center_).array().rowwise() * inverse_.array();
  Part part{Matrix(), Vector::Zero(X.rows())};
  for (Index i = 0; i < U.rows(); ++i) {
    const double most = U.row(i).cwiseAbs().maxCoeff();  // u is measured in this, so that its square fits
    const double m = most > 0 && std::isfinite(most) ? most : 1;
    U.row(i) = std::isfinite(most) ? RowVector(U.row(i) / m) : RowVector::Zero(U.cols());
    const RowVector sizes = (X.row(i).cwiseAbs() + center_.cwiseAbs()).cwiseProduct(inverse_ / m);
    const double rounding = 4 * linalg::kUnitRoundoff * sizes.norm();
    part.allowed(i) = std::isfinite(most) ? absolute_ / m + relative_ * U.row(i).norm() + rounding : HUGE_VAL;
  }
  part.residual = U - back_.transform(onto_.transform(U));
  return part;
}

bool CovarianceRange::differs(double x, Index j) const {
  return std::abs(x - center_(j)) > kSameConstant * std::max(std::abs(x), std::abs(center_(j)));
}

bool CovarianceRange::breaks_constant(const MatrixRef& X, Index i) const {
  return std::any_of(constant_.begin(), constant_.end(), [&](Index j) { return differs(X(i, j), j); });
}

std::vector<bool> CovarianceRange::outside(const MatrixRef& X, const Threads& threads) const {
  std::vector<char> found(static_cast<std::size_t>(X.rows()));  // not of bool, whose entries share words
  threads.for_ranges(X.rows(), kRowsTogether, [&](Index begin, Index end) {
    Part part;
    if (absolute_ > 0) part = outside_part(X.middleRows(begin, end - begin));
    for (Index i = begin; i < end; ++i) {
      const bool off = absolute_ > 0 && part.residual.row(i - begin).norm() > part.allowed(i - begin);
      found[static_cast<std::size_t>(i)] = off || breaks_constant(X, i);
    }
  });
  return {found.begin(), found.end()};
}

std::vector<Index> CovarianceRange::features_outside(const RowVector& x) const {
  std::vector<Index> features;
  std::copy_if(constant_.begin(), constant_.end(), std::back_inserter(features),
               [&](Index j) { return differs(x(j), j); });
  if (!features.empty() || absolute_ == 0) return features;
  const RowVector residual = outside_part(x).residual.cwiseAbs();
  for (Index j = 0; j < residual.size(); ++j) {
    if (residual(j) > kPartOfBreak * residual.maxCoeff()) features.push_back(j);
  }
  return features;
}

}  // namespace maha::metric
