#include "eval/statistics/nemenyi.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "core/error.hpp"

using namespace maha;
using namespace maha::eval;

TEST_CASE("Nemenyi: the printed critical values of Demsar's table 5, and his example") {
  const std::vector<double> at_5{1.960, 2.343, 2.569, 2.728, 2.850, 2.949, 3.031, 3.102, 3.164};
  const std::vector<double> at_10{1.645, 2.052, 2.291, 2.459, 2.589, 2.693, 2.780, 2.855, 2.920};
  for (Index k = 2; k <= 10; ++k) {
    const auto i = static_cast<std::size_t>(k - 2);
    const double unit = std::sqrt(static_cast<double>(k * (k + 1)) / 6);  // of one data set
    CHECK(std::abs(nemenyi_critical_difference(k, 1, 0.05) / unit - at_5[i]) < 0.0012);
    CHECK(std::abs(nemenyi_critical_difference(k, 1, 0.10) / unit - at_10[i]) < 0.0012);
  }
  CHECK(nemenyi_critical_difference(4, 14, 0.05) == doctest::Approx(1.25).epsilon(0.005));  // his section 3.2.3
  CHECK(nemenyi_critical_difference(4, 14, 0.10) == doctest::Approx(1.12).epsilon(0.005));
  CHECK_THROWS_AS(nemenyi_critical_difference(1, 10, 0.05), InputError);
  CHECK_THROWS_AS(nemenyi_critical_difference(2, 0, 0.05), InputError);
}

TEST_CASE("the range of two normal variables is |N(0, 2)|, and that of none is at least 0") {
  for (const double q : {0.1, 1.0, 3.0, 6.0}) {
    CHECK(normal_range_p_value(2, q) == doctest::Approx(std::erfc(q / 2)).epsilon(1e-9));
  }
  CHECK(normal_range_p_value(7, 0) == doctest::Approx(1));
  CHECK(normal_range_p_value(30, 4) > normal_range_p_value(20, 4));
}
