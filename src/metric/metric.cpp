#include "metric/metric.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/rounded.hpp"
#include "linalg/spectral/psd.hpp"
#include "linalg/symmetric.hpp"
#include "metric/too_large.hpp"

namespace maha::metric {
namespace {

constexpr double kTolerance = 1e-8;       // half of a double's digits: other programs' rounding, 9 printed digits
constexpr double kNoVariance = 1e-24;     // of the largest diagonal entry: 1e-12 in distance, below real features
constexpr double kRootsRounding = 1e-15;  // sqrt(a) sqrt(a) may be less than a
constexpr Index kTransformTile = 128;     // rows; a multiple of the rows that a product treats together

template <class... Parts>
std::string text(const Parts&... parts) {
  std::ostringstream out;
  (out << ... << parts);
  return out.str();
}

/// All digits of a number, for messages that compare it with one close to it.
std::string exact(double value) {
  char digits[32];
  return {digits, std::to_chars(digits, digits + sizeof digits, value).ptr};
}

std::string entry(Index i, Index j) { return text("M at row ", i + 1, ", column ", j + 1); }

void check_entries(const SquareMatrix& M) {
  if (M.size() == 0) throw InputError("M has no entries");
  if (M.rows() != M.cols())
    throw InputError(text("M has ", counted(M.rows(), "row"), " and ", counted(M.cols(), "column"), ": not square"));
  for (Index i = 0; i < M.rows(); ++i) {
    for (Index j = 0; j < M.cols(); ++j) {
      if (!std::isfinite(M(i, j))) throw TooLarge(text(entry(i, j), " is ", M(i, j), ", not a finite number"), j);
    }
  }
}

/// A pseudo-inverse leaves rounding of either sign in the row and column of a feature without variance. Such a row is
/// set to 0: its diagonal is at most kNoVariance times the largest, and its other entries are within tolerance of that.
std::vector<Index> zero_rounding_rows(SquareMatrix& M) {
  const Vector diagonal = M.diagonal().cwiseAbs();
  const double floor = kNoVariance * diagonal.maxCoeff();
  std::vector<Index> rows;
  for (Index i = 0; i < M.rows(); ++i) {
    if (diagonal(i) > floor) continue;
    const Vector row = M.row(i).cwiseAbs().transpose().cwiseMax(M.col(i).cwiseAbs());
    const auto others = diagonal.cwiseMax(floor).cwiseSqrt().array();
    const auto most = (1 + kRootsRounding) * std::sqrt(diagonal(i)) * diagonal.cwiseSqrt().array();
    const bool fits = M(i, i) >= 0 && (row.array() <= most).all();
    if (fits || (row.array() > kTolerance * std::sqrt(floor) * others).any()) continue;
    M.row(i).setZero();
    M.col(i).setZero();
    rows.push_back(i);
  }
  return rows;
}

void check_diagonal(const SquareMatrix& M) {
  for (Index i = 0; i < M.rows(); ++i) {
    if (M(i, i) >= 0) continue;
    throw InputError(text(entry(i, i), " is ", M(i, i), ": not positive semidefinite, the diagonal must be >= 0"));
  }
}

/// Averages M_ij and M_ji where they differ by rounding; true if any did.
bool symmetrize(SquareMatrix& M) {
  bool changed = false;
  for (Index j = 0; j < M.cols(); ++j) {
    for (Index i = j + 1; i < M.rows(); ++i) {
      if (M(i, j) == M(j, i)) continue;
      const double size = std::sqrt(M(i, i)) * std::sqrt(M(j, j));
      if (!(std::abs(M(i, j) - M(j, i)) <= kTolerance * size)) {
        throw InputError(text("M is not symmetric: row ", i + 1, ", column ", j + 1, " is ", exact(M(i, j)),
                              ", but row ", j + 1, ", column ", i + 1, " is ", exact(M(j, i))));
      }
      M(i, j) = M(j, i) = 0.5 * M(i, j) + 0.5 * M(j, i);
      changed = true;
    }
  }
  return changed;
}

[[noreturn]] void throw_not_psd(const SquareMatrix& M, const linalg::PsdFactor& factor) {
  for (Index j = 0; j < M.cols(); ++j) {
    for (Index i = j + 1; i < M.rows(); ++i) {
      const double limit = std::sqrt(M(i, i)) * std::sqrt(M(j, j));
      if (std::abs(M(i, j)) > limit * (1 + kTolerance)) {
        throw InputError(text(entry(i, j), " is ", exact(M(i, j)), ": not positive semidefinite, at most ",
                              exact(limit), " goes with the diagonal"));
      }
    }
  }
  throw InputError(text("M is not positive semidefinite: scaled to unit diagonal it has the eigenvalue ", factor.lowest,
                        " times the largest one, most of it at row ", factor.lowest_at + 1, ", column ",
                        factor.lowest_at + 1));
}

}  // namespace

Metric Metric::from_matrix(const SquareMatrix& M, std::vector<std::string>* notes) {
  const auto note = [&](const std::string& line) {
    if (notes) notes->push_back(line);
  };
  check_entries(M);
  Metric metric;
  metric.form_ = Form::matrix;
  metric.M_ = M;
  for (const Index i : zero_rounding_rows(metric.M_))
    note(text("M at row ", i + 1, " is nothing but rounding: set to 0"));
  check_diagonal(metric.M_);
  if (symmetrize(metric.M_)) note("M was symmetric only up to rounding: averaged with its transpose");
  linalg::PsdFactor factor = linalg::factor_psd(metric.M_);
  if (factor.lowest < -kTolerance) throw_not_psd(metric.M_, factor);
  metric.L_ = std::move(factor.L);
  if (factor.lowest < -linalg::rank_tolerance(M.rows())) {
    metric.M_ = metric.L_.transpose() * metric.L_;
    linalg::mirror_lower(metric.M_);
    note(text("M was positive semidefinite only up to rounding: eigenvalues down to ", rounded(factor.lowest, 2),
              " of the largest one were set to 0"));
  }
  return metric;
}

Metric Metric::from_factor(Matrix L) {
  if (L.cols() < 1) throw InputError("L has no columns");
  if (L.rows() == 0) return from_weights(Vector::Zero(L.cols()));
  for (Index i = 0; i < L.rows(); ++i) {
    for (Index j = 0; j < L.cols(); ++j) {
      if (!std::isfinite(L(i, j))) {
        throw TooLarge(text("L at row ", i + 1, ", column ", j + 1, " is ", L(i, j), ", not a finite number"), j);
      }
    }
  }
  for (Index j = 0; L.rows() > 0 && j < L.cols(); ++j) {
    if (!std::isfinite(L.col(j).squaredNorm())) {
      throw TooLarge(text("L, column ", j + 1, ", is too large: the sum of its squares overflows"), j);
    }
  }
  Metric metric;
  metric.form_ = Form::factor;
  metric.L_ = std::move(L);
  return metric;
}

Metric Metric::from_weights(Vector w) {
  for (Index i = 0; i < w.size(); ++i) {
    if (!(w(i) >= 0) || !std::isfinite(w(i))) {
      throw TooLarge(text("the weight of feature ", i + 1, " is ", w(i), ", not a finite number >= 0"), i);
    }
  }
  Metric metric;
  metric.weights_ = std::move(w);
  return metric;
}

Matrix Metric::factor() const {
  if (form_ != Form::weights) return L_;
  Matrix L = Matrix::Zero(rank(), dims());
  for (Index j = 0, r = 0; j < dims(); ++j) {
    if (weights_(j) > 0) L(r++, j) = std::sqrt(weights_(j));
  }
  return L;
}

bool Metric::squares_underflow() const {
  if (form_ != Form::factor || L_.size() == 0) return false;
  const double largest = L_.cwiseAbs().maxCoeff();
  return largest > 0 && largest < 0x1p-500;
}

void Metric::check_squares() const {
  if (squares_underflow()) throw InputError("M = L'L underflows, so small are the entries of L: only L can be used");
}

SquareMatrix Metric::matrix() const {
  switch (form_) {
    case Form::matrix:
      return M_;
    case Form::weights:
      return weights_.asDiagonal();
    case Form::factor:
      break;
  }
  check_squares();
  SquareMatrix M = L_.transpose() * L_;
  linalg::mirror_lower(M);
  return M;
}

Vector Metric::diagonal() const {
  switch (form_) {
    case Form::matrix:
      return M_.diagonal();
    case Form::weights:
      return weights_;
    case Form::factor:
      break;
  }
  check_squares();
  return L_.colwise().squaredNorm().transpose();
}

void Metric::check_columns(Index columns) const {
  if (columns != dims()) throw InputError(text("the metric is over ", dims(), " features, the data has ", columns));
}

Matrix Metric::transform(const MatrixRef& X, const Threads& threads) const {
  check_columns(X.cols());
  Matrix Z(X.rows(), rank());
  threads.for_ranges(X.rows(), kTransformTile, [&](Index begin, Index end) {
    const Index count = end - begin;
    if (form_ == Form::weights) {
      for (Index j = 0, r = 0; j < dims(); ++j) {
        if (weights_(j) > 0) Z.col(r++).segment(begin, count) = X.col(j).segment(begin, count) * std::sqrt(weights_(j));
      }
    } else if (count == kTransformTile) {
      Z.middleRows(begin, count).noalias() = X.middleRows(begin, count) * L_.transpose();
    } else {
      // NOTE A product rounds the last few rows of a tile differently. Padding to a full tile treats all rows alike.
      Matrix padded = Matrix::Zero(kTransformTile, X.cols());
      padded.topRows(count) = X.middleRows(begin, count);
      const Matrix mapped = padded * L_.transpose();
      Z.middleRows(begin, count) = mapped.topRows(count);
    }
  });
  return Z;
}

}  // namespace maha::metric
