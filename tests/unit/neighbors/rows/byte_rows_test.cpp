#include "neighbors/rows/byte_rows.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "core/random.hpp"

using namespace maha;
using namespace maha::neighbors;

namespace {

double distance_in_bytes(const ByteRows& rows, Index a, Index b) {
  const std::uint8_t *first = rows.row(a), *second = rows.row(b);
  std::int32_t product = 0;
  neighbors::tile_kernels::portable.dots({&first, &second, 1, rows.width()}, &product);
  return std::sqrt(static_cast<double>(rows.squared_steps(rows, a, b, product))) * rows.step();
}

}  // namespace

TEST_CASE("distances in bytes are off by no more than the errors of the rows, and not by much less where all fit") {
  Random random(1);
  const Index n = 40;
  for (const Index d : {1, 63, 100, 700}) {
    for (const double step : {0.003, 0.01, 3.0}) {  // clipped, as it should be, much too coarse
      CAPTURE(d);
      CAPTURE(step);
      LargeMatrix<float> Z(n, d);
      ByteRows rows(n, d, step);
      for (Index i = 0; i < n; ++i) {
        for (Index c = 0; c < d; ++c) Z.row(i)[c] = static_cast<float>(2 * random.uniform() - 1);
        rows.set(i, Z.row(i), d, 0.0);
        if (step == 0.01) CHECK(rows.error(i) <= 0.5 * step * std::sqrt(static_cast<double>(d)) * 1.001);
      }
      int wrong = 0;
      for (Index i = 0; i < n; ++i) {
        for (Index j = 0; j < n; ++j) {
          const double exact = (Z.view().row(i).cast<double>() - Z.view().row(j).cast<double>()).norm();
          if (std::abs(distance_in_bytes(rows, i, j) - exact) > (rows.error(i) + rows.error(j)) * (1 + 1e-9)) ++wrong;
        }
      }
      CHECK(wrong == 0);
    }
  }
}

TEST_CASE("rows that no byte can hold have an error that says so") {
  ByteRows rows(2, 70, 0.01);
  std::vector<float> z(70, 0.0f);
  rows.set(0, z.data(), 70, 0.25);
  CHECK(rows.error(0) == doctest::Approx(0.25));
  z[69] = 1e30f;
  rows.set(1, z.data(), 70, 0.0);
  CHECK(rows.error(1) >= 1e29);
  CHECK(std::isfinite(rows.error(1)));
  CHECK(std::isfinite(distance_in_bytes(rows, 0, 1)));
}
