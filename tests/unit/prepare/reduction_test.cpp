#include "prepare/reduction.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "learn/covariance/covariance.hpp"
#include "unit/covariance.hpp"
#include "unit/dataset.hpp"
#include "unit/metric/squared_distance.hpp"

using namespace maha;
using namespace maha::prepare;

namespace {

NextRows once(const Matrix& rows) {
  return [&rows, done = false](Matrix& X, Labels& y) mutable {
    if (done) return false;
    X = rows;
    y.clear();
    return done = true;
  };
}

}  // namespace

TEST_CASE("the reduced metric sees the principal components of the learned space, and says what it kept") {
  const Dataset iris = read_dataset("iris");
  learn::covariance::CovarianceOptions within;
  within.within = true;
  const metric::Metric metric = learn::covariance::fit_covariance(iris.X, iris.y, within).linear();
  const Reduction two = reduce_metric(metric, 2, once(iris.X));
  const SquareMatrix C = test::covariance(two.metric.transform(iris.X));
  const double all = test::covariance(metric.transform(iris.X)).trace();
  CHECK(two.metric.rank() == 2);
  CHECK(std::abs(C(0, 1)) <= 1e-10 * C(0, 0));
  CHECK(C(0, 0) >= C(1, 1));
  CHECK(two.kept == doctest::Approx(C.trace() / all).epsilon(1e-12));
  // three classes lie in a plane, and within classes the variance is 1 in each direction: what is lost is 2
  CHECK(all - C.trace() == doctest::Approx(2).epsilon(1e-10));
}

TEST_CASE("reducing to the rank loses nothing") {
  const Dataset iris = read_dataset("iris");
  const metric::Metric metric = learn::covariance::fit_covariance(iris.X, {}).linear();
  const Reduction full = reduce_metric(metric, 4, once(iris.X));
  CHECK(full.kept == doctest::Approx(1).epsilon(1e-13));
  CHECK(test::squared_distance(full.metric, iris.X.row(3), iris.X.row(120)) ==
        doctest::Approx(test::squared_distance(metric, iris.X.row(3), iris.X.row(120))).epsilon(1e-12));
  CHECK(reduce_metric(metric::Metric::from_weights(Vector::Zero(4)), 1, once(iris.X)).metric.rank() == 0);
  CHECK_THROWS_AS(reduce_metric(metric, 5, once(iris.X)), InputError);
  CHECK_THROWS_AS(reduce_metric(metric, 0, once(iris.X)), InputError);
  CHECK_THROWS_AS(reduce_metric(metric, 1, once(Matrix(0, 4))), InputError);
}

TEST_CASE("rows whose squares are no numbers are not reduced") {
  const Dataset iris = read_dataset("iris");
  for (const double unit : {0x1p600, 0x1p-600}) {
    CHECK_THROWS_AS(reduce_metric(metric::Metric::euclidean(4), 2, once(iris.X * unit)), InputError);
  }
}

TEST_CASE("fewer rows than coordinates are reduced as more of them are, in any form of the metric") {
  const Dataset wine = read_dataset("wine");
  const Matrix few = wine.X(Eigen::seq(0, 170, 20), Eigen::all);
  Matrix twice(18, 13);  // the same principal components, of more rows than coordinates
  twice << few, few;
  Vector weights = Vector::LinSpaced(13, 0, 2);
  Matrix L = Matrix::Ones(11, 13);
  for (Index i = 0; i < 11; ++i) L(i, i) = 3;
  for (const metric::Metric& metric : {metric::Metric::from_weights(weights), metric::Metric::from_factor(L),
                                       metric::Metric::from_matrix(SquareMatrix(weights.asDiagonal()))}) {
    for (const Index dims : {2, 8, 10}) {
      const Reduction one = reduce_metric(metric, dims, once(few)), other = reduce_metric(metric, dims, once(twice));
      CHECK(one.metric.rank() == dims);
      CHECK(one.kept == doctest::Approx(other.kept).epsilon(1e-12));
      const double size = other.metric.factor().squaredNorm();
      if (dims <= 8) CHECK((one.metric.matrix() - other.metric.matrix()).norm() <= 1e-6 * size);
      for (Index i = 1; i < few.rows(); ++i) {
        CHECK(test::squared_distance(one.metric, few.row(i), few.row(0)) ==
              doctest::Approx(test::squared_distance(other.metric, few.row(i), few.row(0))).epsilon(1e-10));
      }
    }
  }
}
