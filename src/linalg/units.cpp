#include "linalg/units.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

#include "core/error.hpp"

namespace maha::linalg {
namespace {

constexpr double kMostValue = 0x1p1000;  // sums of 2^23 smaller values do not overflow

}  // namespace

RowVector spreads_of(const MatrixRef& X) {
  if (X.rows() == 0) return RowVector::Zero(X.cols());
  const RowVector spread = X.colwise().maxCoeff() - X.colwise().minCoeff();
  return spread.cwiseMin(std::numeric_limits<double>::max());
}

double unit_of(double size, int common) {
  if (size == 0 || std::abs(std::ilogb(size)) <= common) return 1;
  return std::scalbn(1.0, std::ilogb(size));
}

RowVector units_of_columns(const MatrixRef& X) {
  return X.cwiseAbs().colwise().maxCoeff().unaryExpr([](double size) { return unit_of(size, 0); });
}

double unit_of_rows(const MatrixRef& X) {
  if (X.size() == 0) return 1;
  const RowVector spread = spreads_of(X);
  Index widest = 0;
  const double unit = unit_of(spread.maxCoeff(&widest));
  for (Index j = 0; j < X.cols(); ++j) {
    if (spread(j) == 0 || spread(j) / unit >= kLeastSpread) continue;
    std::ostringstream text;
    text << "feature " << j + 1 << " varies by " << spread(j) << " and feature " << widest + 1 << " by "
         << spread(widest) << ": too unlike for squares of both; --standardize makes them alike";
    throw InputError(text.str());
  }
  if (!(X.cwiseAbs().maxCoeff<Eigen::PropagateNaN>() / unit <= kMostValue))
    throw InputError("values are too large: their sums overflow");
  return unit;
}

SharedRows rows_in_unit(const SharedRows& X, double unit) { return unit == 1 ? X : SharedRows(X / unit); }

}  // namespace maha::linalg
