#include "eval/statistics/chi_squared.hpp"

#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

namespace maha::eval {

double chi_squared_p_value(double x, double degrees) {
  if (degrees == 0) return x > 0 ? 0 : 1;  // all the probability is at 0
  if (std::isinf(x)) return 0;
  // For many degrees and x near 0, where the answer is 1, Boost 1.74 meets an infinite gamma(degrees/2). That is no
  // error.
  namespace policies = boost::math::policies;
  using Policy = policies::policy<policies::promote_double<false>, policies::overflow_error<policies::ignore_error>>;
  return boost::math::gamma_q(degrees / 2, x / 2, Policy());
}

}  // namespace maha::eval
