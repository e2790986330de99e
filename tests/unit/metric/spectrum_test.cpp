#include "metric/spectrum.hpp"

#include <doctest/doctest.h>

#include "unit/random_rows.hpp"

using namespace maha;
using namespace maha::metric;

namespace {}  // namespace

TEST_CASE("eigenvalues add up to the trace and the norm, largest first, in every form of a metric") {
  const Matrix B = test::random_rows(5, 5, 1);
  for (const Metric& metric :
       {Metric::from_matrix(B.transpose() * B), Metric::from_factor(test::random_rows(2, 5, 2)),
        Metric::from_factor(test::random_rows(8, 5, 3)), Metric::from_weights((Vector(4) << 1, 0, 3, 2).finished())}) {
    const Vector lambda = spectrum(metric);
    const SquareMatrix M = metric.matrix();
    CHECK(lambda.size() == std::min(metric.rank(), metric.dims()));
    CHECK(lambda.sum() == doctest::Approx(M.trace()).epsilon(1e-13));
    CHECK(lambda.norm() == doctest::Approx(M.norm()).epsilon(1e-13));
    for (Index r = 1; r < lambda.size(); ++r) CHECK(lambda(r) <= lambda(r - 1));
  }
  CHECK(spectrum(Metric::from_matrix(SquareMatrix::Zero(2, 2))).size() == 0);
  CHECK(spectrum(Metric::from_factor(test::random_rows(1, 10000, 4))).size() == 1);
}

TEST_CASE("a factor with more rows than it has rank has the rank of M, whatever the units") {
  CHECK(numerical_rank(Metric::from_factor((Matrix(3, 2) << 1, 0, 2, 0, 0, 0).finished())) == 1);
  CHECK(numerical_rank(Metric::from_factor((Matrix(1, 2) << 0, 0).finished())) == 0);
  CHECK(numerical_rank(Metric::from_factor((Matrix(2, 2) << 1e-9, 1, 0, 1e9).finished())) == 2);
  const Vector eigenvalues = spectrum(Metric::from_factor((Matrix(3, 2) << 1, 0, 2, 0, 0, 0).finished()));
  REQUIRE(eigenvalues.size() == 1);
  CHECK(eigenvalues[0] == doctest::Approx(5));
}

TEST_CASE("a factor so small that M is 0 to numbers keeps its rank, and M is refused") {
  const Metric tiny = Metric::from_factor(test::random_rows(2, 3, 5) * 0x1p-700);
  CHECK(numerical_rank(tiny) == 2);
  CHECK(tiny.squares_underflow());
  CHECK_THROWS(spectrum(tiny));
  CHECK_THROWS(tiny.matrix());
  CHECK_THROWS(tiny.diagonal());
}
