#include "neighbors/distance.hpp"

#include <doctest/doctest.h>

#include "core/random.hpp"

using namespace maha;
using namespace maha::neighbors;

TEST_CASE("a squared distance is within the largest for its own root, and within none for less") {
  Random random(1);
  int wrong = 0;
  for (int i = 0; i < 2000; ++i) {
    const double squared = std::ldexp(0.5 + random.uniform() / 2, static_cast<int>(random.below(600)) - 300);
    const double distance = std::sqrt(squared);
    if (!(squared <= largest_squared(distance))) ++wrong;
    if (squared <= largest_squared(std::nextafter(distance, 0.0))) ++wrong;
  }
  CHECK(wrong == 0);
  CHECK(largest_squared(0) == 0);
  CHECK(largest_squared(3) >= 9);
  CHECK(std::isinf(largest_squared(std::numeric_limits<double>::infinity())));
  CHECK(largest_squared(1e160) == std::numeric_limits<double>::max());
  CHECK(largest_squared(1e-170) == 0);
}
