#include "prove/interval.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "core/random.hpp"

using namespace maha;
using prove::Interval;

namespace {

using Exact = long double;  // eleven bits more than a double: its own rounding is a thousandth of an interval's

bool holds(const Interval& a, Exact x) { return static_cast<Exact>(a.lo) <= x && x <= static_cast<Exact>(a.hi); }

/// A number of either sign, of sizes 1e-30 to 1e30.
double any_number(Random& random) {
  const double sign = random.below(2) == 0 ? -1 : 1;
  return sign * std::exp(140 * (random.uniform() - 0.5));
}

/// An interval and a number in it.
struct Inside {
  Interval around;
  double x;
};
Inside any_interval(Random& random) {
  const double x = any_number(random), below = std::abs(x) * random.uniform(), above = std::abs(x) * random.uniform();
  return random.below(3) == 0 ? Inside{x, x} : Inside{{x - below, x + above}, x};
}

}  // namespace

TEST_CASE("interval: what is computed with numbers within lies within") {
  Random random(1);
  for (int k = 0; k < 20000; ++k) {
    const auto [a, x] = any_interval(random);
    const auto [b, y] = any_interval(random);
    const Exact p = x, q = y;
    CHECK(holds(a + b, p + q));
    CHECK(holds(a - b, p - q));
    CHECK(holds(a * b, p * q));
    CHECK(holds(a / b, p / q));
    CHECK(holds(max(a, b), std::max(p, q)));
    CHECK(holds(min(a, b), std::min(p, q)));
    const Interval size{std::abs(x)};
    CHECK(holds(root(size), std::sqrt(std::abs(p))));
    CHECK(holds(log(size), std::log(std::abs(p))));
  }
}

TEST_CASE("interval: it is no wider than a few roundings") {
  Random random(2);
  for (int k = 0; k < 1000; ++k) {
    const double x = any_number(random), y = any_number(random);
    const auto relative = [](const Interval& a) { return (a.hi - a.lo) / std::max(std::abs(a.lo), std::abs(a.hi)); };
    CHECK(relative(Interval(x) * y) <= 16 * prove::kU);
    CHECK(relative(Interval(x) / y) <= 40 * prove::kU);
    CHECK(relative(root(Interval(std::abs(x)))) <= 16 * prove::kU);
  }
}

TEST_CASE("interval: beyond the range of doubles nothing is known, and nothing is claimed") {
  const auto unknown = [](const Interval& a) { return a.lo == -prove::kInfinity && a.hi == prove::kInfinity; };
  CHECK(unknown(Interval(1e300) * 1e300));
  CHECK(unknown(Interval(1e300) * 1e300 - Interval(1e300) * 1e300));
  CHECK(unknown(Interval(1e308) + 1e308));
  CHECK(unknown(Interval(1) / Interval(-1, 1)));
  CHECK(unknown(Interval(0) * Interval(-prove::kInfinity, prove::kInfinity)));
  CHECK(unknown(log(Interval(0, 1))));
  CHECK(unknown(Interval(std::nan("")) + 1));
  CHECK(holds(Interval(1e-200) * 1e-200, 1e-400L));
  CHECK(holds(Interval(0x1p-1070) / 8, std::ldexp(1.0L, -1073)));
}
