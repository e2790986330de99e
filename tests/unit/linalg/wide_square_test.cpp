#include "linalg/wide_square.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "core/error.hpp"
#include "core/random.hpp"
#include "neighbors/distance.hpp"

using namespace maha;
using namespace maha::linalg;

namespace {

RowVector random_row(Index d, std::uint64_t seed) {
  Random random(seed);
  RowVector x(d);
  for (double& value : x) value = random.uniform() - 0.5;
  return x;
}

WideSquare between(const RowVector& a, const RowVector& b) { return wide_square(a.data(), b.data(), a.size()); }

}  // namespace

TEST_CASE("the length of any size is that of common size to the last bit, times the power of two") {
  for (const Index d : {1, 2, 7, 8, 9, 31}) {
    const RowVector a = random_row(d, 1), b = random_row(d, 2);
    const double squared = neighbors::squared_distance(a.data(), b.data(), d);
    CHECK(between(a, b).value() == squared);
    CHECK(between(a, b).root() == std::sqrt(squared));
    for (const int e : {-900, -601, -600, 0, 511, 600, 1000}) {
      const double unit = std::ldexp(1.0, e);
      CHECK(between(a * unit, b * unit).root() == std::sqrt(squared) * unit);
      CHECK(between(a * unit, b * unit).mantissa == between(a, b).mantissa);
    }
  }
}

TEST_CASE("squares of any size are in order") {
  const RowVector zero = RowVector::Zero(2);
  std::vector<WideSquare> squares{between(zero, zero)};
  for (const double x : {5e-324, 1e-310, 1e-200, 1.5e-162, 1e-100, 1.0, 1e100, 1.4e154, 1e200, 1.7e308}) {
    squares.push_back(between(RowVector{{x, 0}}, zero));
    CHECK(squares.back().root() == x);
    squares.push_back(between(RowVector{{x, x}}, zero));
  }
  CHECK(std::is_sorted(squares.begin(), squares.end()));
  CHECK(squares.front() == wide_square(0.0));
  CHECK(squares.front().root() == 0);
  CHECK(wide_square(3.0) == between(RowVector{{1, 1, 1}}, RowVector::Zero(3)));
}

TEST_CASE("a difference that overflows has a square all the same, and a length that is no number") {
  const WideSquare square = between(RowVector{{1.7e308}}, RowVector{{-1.7e308}});
  CHECK(square > between(RowVector{{1.7e308}}, RowVector{{0.0}}));
  CHECK(square < between(RowVector{{INFINITY}}, RowVector{{0.0}}));
  CHECK(square.root() == INFINITY);
  CHECK(std::isnan(length_of(NAN, nullptr, nullptr, 0)));
}

TEST_CASE("squares are given if they are numbers") {
  CHECK(checked_square(0) == 0);
  CHECK(checked_square(3) == 9);
  CHECK(checked_square(1e154) == 1e154 * 1e154);
  CHECK_THROWS_WITH_AS(checked_square(1e200), "the square of the distance 1e+200 overflows: leave out --squared",
                       InputError);
  CHECK_THROWS_WITH_AS(checked_square(1e-200), "the square of the distance 1e-200 underflows: leave out --squared",
                       InputError);
}
