#include "metric/contributions.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "../dataset.hpp"
#include "../random_rows.hpp"
#include "neighbors/distance.hpp"

using namespace maha;
using namespace maha::metric;
using maha::test::random_rows;

TEST_CASE("contributions: (x-y)_i (M (x-y))_i, which may be negative") {
  SquareMatrix M(2, 2);
  M << 2, -1, -1, 1;
  const RowVector c = Contributions(Metric::from_matrix(M)).of(RowVector{{1, 3}}, 5);
  CHECK(c[0] == doctest::Approx(-1).epsilon(1e-14));  // 1 (2 - 3)
  CHECK(c[1] == doctest::Approx(6).epsilon(1e-14));   // 3 (-1 + 3)
  CHECK(Contributions(Metric::from_weights(Vector{{2, 0}})).of(RowVector{{3, 5}}, 18) == RowVector{{18, 0}});
  CHECK(Contributions(Metric::from_factor(Matrix(RowVector{{1, -1}}))).of(RowVector{{2, 2}}, 0) == RowVector{{0, 0}});
  const Metric nothing = Metric::from_matrix(SquareMatrix::Zero(2, 2));  // whose factor has no row
  CHECK(Contributions(nothing).of(RowVector{{2, 3}}, 0) == RowVector{{0, 0}});
}

TEST_CASE("contributions: they add up to what a search measured, to 1e-12, on features of all sizes") {
  for (const std::string name : {"wine", "wdbc"}) {
    const Matrix X = read_dataset(name).X;  // not even centred
    const Index d = X.cols();
    const Matrix A = random_rows(d, d, 1);
    std::vector<Metric> metrics{Metric::euclidean(d), Metric::from_weights(Vector::LinSpaced(d, 0, 1)),
                                Metric::from_factor(random_rows(3, d, 2)),
                                Metric::from_factor(random_rows(d + 2, d, 3)), Metric::from_matrix(A.transpose() * A)};
    for (const Metric& metric : metrics) {
      const Contributions contributions(metric);
      const Matrix Z = metric.transform(X);
      const SquareMatrix M = metric.matrix();
      double worst = 0, off = 0;
      for (Index i = 0; i + 1 < X.rows(); ++i) {
        const double squared = neighbors::squared_distance(Z.row(i).data(), Z.row(i + 1).data(), Z.cols());
        const RowVector s = X.row(i) - X.row(i + 1), c = contributions.of(s, squared);
        worst = std::max(worst, std::abs(c.sum() - squared) / squared);
        const RowVector formula = s.cwiseProduct(s * M);
        off = std::max(off, (c - formula).norm() / formula.norm());
      }
      CHECK(worst <= 1e-12);
      CHECK(off <= 1e-9);
    }
  }
}
