#include "metric/importance.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "unit/random_rows.hpp"

using namespace maha;
using namespace maha::metric;
using maha::test::random_rows;

namespace {

/// The rows in blocks of some lengths.
NextRows in_blocks(const Matrix& rows, Index length) {
  return [&rows, length, at = Index{0}](Matrix& X, Labels& y) mutable {
    if (at == rows.rows()) return false;
    const Index count = std::min(length, rows.rows() - at);
    X = rows.middleRows(at, count);
    y.clear();
    at += count;
    return true;
  };
}

Importance of(const Metric& metric, const Matrix& rows, Index length = 1000, int threads = 1) {
  return importance(metric, in_blocks(rows, length), Threads(threads));
}

/// Correlated rows far from the origin.
Matrix some_rows(Index n, Index d) {
  const Matrix B = random_rows(d, d, 5);
  return ((random_rows(n, d, 4) * B).array() + 1000).matrix();
}

std::vector<Metric> one_of_each_form(Index d) {
  const Matrix L = random_rows(3, d, 6);
  return {Metric::from_factor(L), Metric::from_matrix(SquareMatrix(L.transpose() * L)),
          Metric::from_weights(random_rows(1, d, 7).row(0).cwiseAbs().transpose())};
}

}  // namespace

TEST_CASE("importance: shares are those of the mean squared distance over all pairs of rows, in each form") {
  const Matrix X = some_rows(40, 5);
  for (const Metric& metric : one_of_each_form(5)) {
    const SquareMatrix M = metric.matrix();
    Vector parts = Vector::Zero(5), variance = Vector::Zero(5);
    double all = 0;
    for (Index i = 0; i < X.rows(); ++i) {
      for (Index j = 0; j < X.rows(); ++j) {
        const Vector u = (X.row(i) - X.row(j)).transpose();
        parts += u.cwiseProduct(M * u);
        variance += u.cwiseProduct(u) / (2.0 * 40 * 40);
        all += u.dot(M * u);
      }
    }
    const Importance found = of(metric, X);
    CHECK((found.share - parts / all).norm() <= 1e-11);
    CHECK(found.share.sum() == doctest::Approx(1).epsilon(1e-13));
    CHECK((found.scaled - M.diagonal().cwiseProduct(variance)).norm() <= 1e-11 * found.scaled.norm());
    CHECK((found.weight - M.diagonal()).norm() == 0);
  }
}

TEST_CASE("importance: a share is negative where correlations take distance away") {
  Matrix X(4, 2);
  X << -3, -1, -1, -1, 1, 1, 3, 1;
  // y = z = x_1 - x_2: x_2 moves with x_1 and takes from the difference. S = [5 2; 2 1], M S = [3 1; -3 -1]
  const Importance found = of(Metric::from_factor((Matrix(1, 2) << 1, -1).finished()), X);
  CHECK(found.share(0) == doctest::Approx(1.5));
  CHECK(found.share(1) == doctest::Approx(-0.5));
  CHECK(found.scaled(0) == doctest::Approx(5));
  CHECK(found.scaled(1) == doctest::Approx(1));
}

TEST_CASE("importance: a feature in other units, and M with it, counts for the same") {
  const Matrix X = some_rows(60, 5);
  Vector units = Vector::Ones(5);
  units(1) = 1000;
  units(4) = 1e-7;
  const Matrix converted = X * units.asDiagonal();
  for (const Metric& metric : one_of_each_form(5)) {
    const Matrix L = metric.factor() * units.cwiseInverse().asDiagonal();
    const SquareMatrix M = units.cwiseInverse().asDiagonal() * metric.matrix() * units.cwiseInverse().asDiagonal();
    const Metric same = metric.form() == Metric::Form::matrix   ? Metric::from_matrix(M)
                        : metric.form() == Metric::Form::factor ? Metric::from_factor(L)
                                                                : Metric::from_weights(M.diagonal());
    const Importance a = of(metric, X), b = of(same, converted);
    CHECK((a.share - b.share).norm() <= 1e-11);
    CHECK((a.scaled - b.scaled).norm() <= 1e-11 * a.scaled.norm());
    CHECK(b.weight(1) == doctest::Approx(a.weight(1) / 1e6));
  }
}

TEST_CASE("importance: neither the cut of the stream nor the number of threads counts") {
  const Matrix X = some_rows(700, 6);
  const Metric metric = one_of_each_form(6)[0];
  const Importance whole = of(metric, X), threads = of(metric, X, 1000, 3), cut = of(metric, X, 7);
  CHECK(threads.share == whole.share);
  CHECK(threads.scaled == whole.scaled);
  CHECK((cut.share - whole.share).norm() <= 1e-11);
  CHECK((cut.scaled - whole.scaled).norm() <= 1e-11 * whole.scaled.norm());
}

TEST_CASE("importance: rows that are equal, no rows, rows without squares") {
  const Metric plain = Metric::euclidean(2);
  CHECK(of(plain, Matrix::Constant(3, 2, 7)).share == Vector::Zero(2));
  CHECK(of(Metric::from_weights(Vector::Zero(2)), some_rows(5, 2)).share == Vector::Zero(2));
  CHECK_THROWS_AS(of(plain, Matrix(0, 2)), InputError);
  for (const double far : {1e200, 1e-200}) {
    const Matrix X = far * (Matrix(2, 2) << 0, 1, 1, 0).finished();
    CHECK_THROWS_AS(of(plain, X), InputError);
    CHECK_THROWS_AS(of(Metric::from_factor(Matrix::Ones(1, 2)), X), InputError);
  }
}
