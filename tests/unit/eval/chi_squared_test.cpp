#include "eval/statistics/chi_squared.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/random.hpp"

using namespace maha;
using namespace maha::eval;

TEST_CASE("chi-squared tails of 1, 2 and 4 degrees of freedom have closed forms") {
  double worst = 0;
  for (const double x : {1e-8, 0.1, 1.0, 3.84, 10.0, 100.0, 1000.0}) {
    const auto error = [](double value, double exact) { return std::abs(value / exact - 1); };
    worst = std::max({worst, error(chi_squared_p_value(x, 1), std::erfc(std::sqrt(x / 2))),
                      error(chi_squared_p_value(x, 2), std::exp(-x / 2)),
                      error(chi_squared_p_value(x, 4), std::exp(-x / 2) * (1 + x / 2))});
  }
  CHECK(worst < 1e-12);
  for (const double degrees : {1.0, 7.0, 800.0}) {
    CHECK(chi_squared_p_value(0, degrees) == 1);
    CHECK(chi_squared_p_value(1e6, degrees) < 1e-300);
    CHECK(chi_squared_p_value(degrees, degrees) == doctest::Approx(0.4).epsilon(0.3));
  }
  CHECK(chi_squared_p_value(18.307038053275143, 10) == doctest::Approx(0.05).epsilon(1e-12));  // from tables
}

TEST_CASE("p-values of Gaussian rows are uniform") {
  Random random(3);
  std::vector<double> p(4000);
  for (double& value : p) {  // sums of 6 squared normals: -2 log u is two of them (Box & Muller)
    double sum = 0;
    for (int k = 0; k < 3; ++k) sum -= 2 * std::log(1 - random.uniform());
    value = chi_squared_p_value(sum, 6);
  }
  std::sort(p.begin(), p.end());
  double distance = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    distance = std::max(distance, std::abs(p[i] - (static_cast<double>(i) + 0.5) / static_cast<double>(p.size())));
  }
  CHECK(distance < 1.63 / std::sqrt(4000.0));  // Kolmogorov's 1 % point
}
