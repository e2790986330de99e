#include "learn/lmnn_units.hpp"

#include <cmath>
#include <sstream>
#include <string>

#include "core/error.hpp"

namespace maha::lmnn {
namespace {

constexpr int kSafe = 400;           // of the exponent: fourth powers of all that a fit makes of its rows fit in
constexpr double kLeast = 0x1p-480;  // a difference whose square is a normal number with digits to spare

/// The power of two of the largest number, or 0 where it does no harm.
int exponent_of(const MatrixRef& X) {
  int exponent = 0;
  const double largest = X.cwiseAbs().maxCoeff();
  if (largest > 0) std::frexp(largest, &exponent);
  return std::abs(exponent) > kSafe ? exponent : 0;
}

/// A 2^exponent.
Matrix scaled(const MatrixRef& A, int exponent) {
  return A.unaryExpr([=](double a) { return std::ldexp(a, exponent); });
}

/// The metric over rows x of one over rows 2^exponent x.
Metric over_scaled(const Metric& metric, int exponent) {
  if (metric.form() != Metric::Form::weights) return Metric::from_factor(scaled(metric.factor(), exponent));
  const Vector weights = metric.diagonal();
  const Vector result = weights.unaryExpr([=](double w) { return std::ldexp(w, 2 * exponent); });
  for (Index f = 0; f < weights.size(); ++f) {
    if (weights(f) == 0 || std::isnormal(result(f))) continue;
    throw InputError("the weight of feature " + std::to_string(f + 1) +
                     " is beyond what a number can hold: scale the features first (--standardize)");
  }
  return Metric::from_weights(result);
}

void check_spreads(const MatrixRef& X, int exponent) {
  const RowVector spread = X.colwise().maxCoeff() / 2 - X.colwise().minCoeff() / 2;  // halves do not overflow
  for (Index f = 0; f < X.cols(); ++f) {
    if (spread(f) == 0 || std::ldexp(spread(f), -exponent) > kLeast) continue;
    std::ostringstream text;
    text << "feature " << f + 1 << " varies by " << 2 * spread(f)
         << ", so little beside the largest numbers that its squares vanish: scale the features first (--standardize)";
    throw InputError(text.str());
  }
}

}  // namespace

LmnnResult in_safe_units(const MatrixRef& X, const LmnnOptions& options,
                         const std::function<LmnnResult(const MatrixRef&, const LmnnOptions&)>& fit) {
  const int exponent = exponent_of(X);
  check_spreads(X, exponent);
  const int target_exponent = options.target_space ? exponent_of(*options.target_space) : 0;
  if (exponent == 0 && target_exponent == 0) return fit(X, options);
  LmnnOptions in_units = options;
  if (options.init) in_units.init = over_scaled(*options.init, exponent);
  if (options.target_space) in_units.target_space = scaled(*options.target_space, -target_exponent);
  LmnnResult result = fit(scaled(X, -exponent), in_units);
  result.metric = over_scaled(result.metric, -exponent);
  return result;
}

}  // namespace maha::lmnn
