#include "learn/convex/certificate.hpp"

#include <algorithm>

#include "linalg/rounding.hpp"
#include "linalg/spectral/spectrum.hpp"

namespace maha::learn::convex {

double lower_bound(const Evaluation& at, double ridge) {
  const double fall = linalg::largest_eigenvalue_bound(-at.gradient) + at.gradient_error;
  const double t = fall > ridge ? ridge / fall * (1 - 4 * linalg::kUnitRoundoff) : 1;
  const double near = (t - kShrunk) / (1 - kShrunk);  // place between kShrunk, 0, and 1, 1
  const double bound = near >= 0 ? near * at.dual + (1 - near) * at.shrunk : t / kShrunk * at.shrunk;
  return std::max(0.0, bound - at.dual_error);
}

}  // namespace maha::learn::convex
