#include "metric/map_rounding.hpp"

#include <doctest/doctest.h>

#include "../random_rows.hpp"

using namespace maha;
using namespace maha::metric;
using maha::test::random_rows;

TEST_CASE("map rounding: coordinates lie no farther from those of a wider type; the bound is no more than it must be") {
  const Index d = 12;
  Matrix X = 1000 * random_rows(50, d, 1);
  X.col(3) *= 1e6;
  for (const Metric& metric :
       {Metric::from_factor(random_rows(5, d, 2)), Metric::from_weights(Vector::LinSpaced(d, 0, 3))}) {
    const MapRounding rounding(metric, X);
    const Matrix Z = metric.transform(X);
    const auto exact = (X.cast<long double>() * metric.factor().cast<long double>().transpose()).eval();
    for (Index i = 0; i < X.rows(); ++i) {
      const auto off = static_cast<double>((Z.row(i).cast<long double>() - exact.row(i)).norm());
      CHECK(off <= rounding.of(X.row(i)));
    }
    CHECK(rounding.of(X.row(0)) < 1e-12 * X.cwiseAbs().maxCoeff());
  }
  CHECK(MapRounding(Metric::euclidean(1), Matrix::Constant(1, 1, -2)).of(RowVector::Constant(1, 1)) ==
        doctest::Approx(3 * 17 * 0x1p-53));
  const Metric nothing = Metric::from_matrix(SquareMatrix::Zero(2, 2));
  CHECK(MapRounding(nothing, Matrix::Ones(1, 2)).of(RowVector::Ones(2)) == 0);
}
