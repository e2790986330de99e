#include "prepare/kernel/features.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <variant>
#include <vector>

#include "core/error.hpp"
#include "prepare/preprocessing.hpp"
#include "unit/random_rows.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::prepare;

namespace {

PreprocessingOptions with(const KernelOptions& kernel, Scale scale = Scale::none, Index pca = 0) {
  return {scale, pca, kernel};
}

Matrix features(const Matrix& X, const KernelOptions& kernel, const Matrix& of) {
  return fit_preprocessing(X, with(kernel)).apply(of);
}

/// Squared distances of all rows.
SquareMatrix squares(const Matrix& Z) {
  SquareMatrix D(Z.rows(), Z.rows());
  for (Index i = 0; i < Z.rows(); ++i) D.col(i) = (Z.rowwise() - Z.row(i)).rowwise().squaredNorm();
  return D;
}

double largest(const SquareMatrix& A) { return A.cwiseAbs().maxCoeff(); }

/// H K H of the Gaussian kernel, from its definition.
SquareMatrix centred_rbf(const Matrix& X, double h) {
  const Index n = X.rows();
  const SquareMatrix H = SquareMatrix::Identity(n, n).array() - 1 / static_cast<double>(n);
  return H * (squares(X).array() / (-2 * h * h)).exp().matrix() * H;
}

const KernelOptions kRbf{Kernel::rbf, 0.8};

}  // namespace

TEST_CASE("kernel features: with all landmarks their inner products are the centred kernel, and have mean 0") {
  for (const Index d : {1, 2, 3}) {  // of 1 and 2 features, many eigenvalues are below the least
    const Matrix X = test::random_rows(40, d, 1), phi = features(X, kRbf, X);
    CHECK(largest(phi * phi.transpose() - centred_rbf(X, 0.8)) <= (d < 3 ? 1e-8 : 1e-10));
    CHECK(phi.colwise().mean().norm() <= 1e-9);
    CHECK(phi.cols() <= 39);
  }
}

TEST_CASE("kernel features: a polynomial of degree 1 gives Euclidean distances, new rows' too; of degree 2 by hand") {
  const Matrix X = test::random_rows(30, 4, 2), others = test::random_rows(20, 4, 3);
  const Matrix phi = features(X, {Kernel::polynomial, 1.0, 1, 0.0}, others);
  CHECK(phi.cols() == 4);
  CHECK(largest(squares(phi) - squares(others)) <= 1e-12);
  const Matrix halves = features(X, {Kernel::polynomial, 2.0, 1, 7.0}, others);
  CHECK(largest(4 * squares(halves) - squares(others)) <= 1e-12);

  const Matrix Y = X.leftCols(2), square = features(Y, {Kernel::polynomial, 1.0, 2, 1.0}, Y);
  Matrix explicitly(30, 5);  // (x'y + 1)^2 = the inner product of (1, sqrt 2 a, sqrt 2 b, a^2, sqrt 2 ab, b^2)
  explicitly << std::sqrt(2) * Y, Y.cwiseAbs2(), std::sqrt(2) * Y.col(0).cwiseProduct(Y.col(1));
  CHECK(square.cols() == 5);
  CHECK(largest(squares(square) - squares(explicitly)) <= 1e-11);
}

TEST_CASE("kernel features: as many landmarks as rows, or more, are all rows; fewer are near to that") {
  const Matrix X = test::random_rows(60, 2, 4), all = features(X, kRbf, X);
  KernelOptions some = kRbf;
  for (const Index m : {60, 61, 1000}) {
    some.landmarks = m;
    CHECK(features(X, some, X) == all);
  }
  double last = 1e300;
  for (const Index m : {5, 15, 40}) {
    some.landmarks = m;
    const Matrix phi = features(X, some, X);
    CHECK(phi.cols() < m);
    const double error = largest(squares(phi) - squares(all));
    CHECK(error < last);
    last = error;
  }
  CHECK(last <= 1e-3);
  some.landmarks = 5;
  const Matrix first = features(X, some, X);
  CHECK(features(X, some, X) == first);
  some.seed = 2;
  CHECK(features(X, some, X) != first);
}

TEST_CASE("kernel features: distances do not depend on the order of rows, nor their bits on threads and neighbours") {
  const Matrix X = test::random_rows(50, 3, 5), new_rows = test::random_rows(140, 3, 6);
  const KernelOptions laplace{Kernel::laplace};
  const Preprocessing fitted = fit_preprocessing(X, with(laplace));
  const Matrix phi = fitted.apply(new_rows);
  const Matrix turned = features(X.colwise().reverse(), laplace, new_rows);
  CHECK(largest(squares(turned) - squares(phi)) <= 1e-11);
  CHECK(fit_preprocessing(X, with(laplace), Threads(3)).apply(new_rows, Threads(3)) == phi);
  CHECK(fitted.apply(new_rows.row(133)) == phi.row(133));
}

TEST_CASE("kernel features: the default bandwidth is the median distance, which goes with the features' unit") {
  const Matrix X = test::random_rows(40, 3, 7);
  std::vector<double> distances;
  for (Index i = 0; i < 40; ++i) {
    for (Index j = 0; j < i; ++j) distances.push_back((X.row(i) - X.row(j)).norm());
  }
  std::sort(distances.begin(), distances.end());
  CHECK(median_distance(X, 1) == doctest::Approx(distances[distances.size() / 2]).epsilon(1e-14));
  for (const Kernel kernel : {Kernel::rbf, Kernel::laplace, Kernel::polynomial}) {
    const Matrix phi = features(X, {kernel}, X);
    CHECK(largest(squares(features(1000 * X, {kernel}, 1000 * X)) - squares(phi)) <= 1e-8);
    CHECK(features(8 * X, {kernel}, 8 * X) == phi);
    for (const double unit : {0x1p+1000, 0x1p-1000}) CHECK(features(unit * X, {kernel}, unit * X) == phi);
  }
  const Matrix twice = X.replicate(20, 1);  // most pairs of a sample are at distance 0 or not; 0 does not count
  CHECK(median_distance(twice, 1) > 0.5);
  CHECK(median_distance(Matrix::Ones(5, 2), 1) == 1);
}

TEST_CASE("kernel features come after scaling and before principal components, which they rank as kernel PCA does") {
  Matrix X = test::random_rows(40, 3, 8);
  const Matrix scaled = fit_preprocessing(X, {Scale::zscore, 0}).apply(X);
  const Matrix phi = fit_preprocessing(X, with(kRbf, Scale::zscore)).apply(X);
  CHECK(largest(squares(phi) - squares(features(scaled, kRbf, scaled))) <= 1e-10);
  const Matrix plane = fit_preprocessing(X, with(kRbf, Scale::zscore, 2)).apply(X);
  REQUIRE(plane.cols() == 2);
  const SquareMatrix K = centred_rbf(scaled, 0.8);
  for (Index k = 0; k < 2; ++k) {
    const Vector z = plane.col(k);
    CHECK((K * z - z.squaredNorm() * z).norm() <= 1e-9 * z.norm());  // K z = lambda z, |z|^2 = lambda
  }
  CHECK(test::refusal<InputError>([&] { fit_preprocessing(X, with(kRbf, Scale::none, 40)); }) != "");
}

TEST_CASE("kernel features: equal rows stay equal, a constant feature changes nothing, rows all equal give 0") {
  Matrix X = test::random_rows(20, 3, 9);
  X.row(5) = X.row(11);
  const Matrix phi = features(X, kRbf, X);
  CHECK(phi.row(5) == phi.row(11));
  CHECK(phi.cols() <= 18);
  Matrix wide(20, 4);
  wide << X, Vector::Constant(20, 1e6);
  CHECK(largest(squares(features(wide, kRbf, wide)) - squares(phi)) <= 1e-10);
  for (const Kernel kernel : {Kernel::rbf, Kernel::laplace, Kernel::polynomial}) {
    const Matrix equal = Matrix::Constant(6, 2, 3.7);
    CHECK(features(equal, {kernel}, equal) == Matrix::Zero(6, 1));
    CHECK(features(equal.topRows(1), {kernel}, equal) == Matrix::Zero(6, 1));
  }
  const Matrix one = test::random_rows(9, 1, 10);
  CHECK(features(one, kRbf, one).allFinite());
}

TEST_CASE("kernel features: what is learned from them is a network over the raw features, with the same distances") {
  const Matrix X = test::random_rows(30, 3, 11);
  for (const Index pca : {0, 4}) {
    const Preprocessing prepared = fit_preprocessing(X, with(kRbf, Scale::minmax, pca));
    const Index r = prepared.reduced_dims();
    CHECK(prepared.dims() == 3);
    const metric::Metric learned = metric::Metric::from_factor(test::random_rows(2, r, 12));
    const auto over_x = std::get<metric::Network>(prepared.over_features(learned));
    CHECK(over_x.dims() == 3);
    CHECK(over_x.layers().size() == 1);
    const Matrix rows = test::random_rows(25, 3, 13);
    CHECK(largest(squares(over_x.transform(rows)) - squares(learned.transform(prepared.apply(rows)))) <= 1e-9);
    const auto zero = prepared.over_features(metric::Metric::from_weights(Vector::Zero(r)));
    CHECK(std::get<metric::Network>(zero).transform(rows).norm() == 0);
    CHECK_THROWS_AS(prepared.fold(learned), InputError);
    CHECK_THROWS_AS(prepared.unfold(metric::Metric::euclidean(3)), InputError);
    CHECK_THROWS_AS(prepared.unfold(over_x), InputError);
  }
}

TEST_CASE("kernel features: too much memory and values that overflow are refused before the work") {
  const Matrix rows = Matrix::Zero(400000, 1);
  const std::string all = test::refusal<InputError>([&] { fit_preprocessing(rows, with(kRbf)); });
  CHECK(all.starts_with("a kernel of 400000 rows, unless --landmarks M takes fewer, needs 6400 GB of memory"));
  KernelOptions some = kRbf;
  some.landmarks = 300000;
  CHECK(test::refusal<InputError>([&] {
          fit_preprocessing(rows, with(some));
        }).starts_with("a kernel of 400000 rows and 300000 landmarks needs 3840 GB"));
  const Matrix X = test::random_rows(10, 2, 14);
  CHECK(test::refusal<InputError>([&] {
          fit_preprocessing(X, with({Kernel::polynomial, 1e-3, 200}));
        }) == "the kernel's values are too large: scale the features, or lower --degree");
  const Preprocessing fitted = fit_preprocessing(X, with({Kernel::polynomial, 1.0, 200}));
  CHECK_THROWS_AS(fitted.apply(1e6 * X), InputError);
}

TEST_CASE("kernel features: rows that differ and are one to the kernel are refused") {
  const Matrix X = test::random_rows(10, 2, 15);
  const auto said = [&](const Matrix& rows, const KernelOptions& kernel) {
    return test::refusal<InputError>([&] { fit_preprocessing(rows, with(kernel)); });
  };
  const std::string none = "the kernel tells no rows apart: ";
  CHECK(said(X, {Kernel::rbf, 1e20}) == none + "a smaller --bandwidth does");
  CHECK(said(X, {Kernel::laplace, 1e300}) == none + "a smaller --bandwidth does");
  CHECK(said(X, {.kernel = Kernel::polynomial, .offset = 1e90}) == none + "another --bandwidth or --offset does");
  Matrix two = Matrix::Zero(50, 1);
  two(49, 0) = 1;
  CHECK(said(two, {.kernel = Kernel::rbf, .landmarks = 2}) ==
        "the 2 landmarks are equal rows: more --landmarks find others");
}

TEST_CASE("kernel options: what has no use is refused, what is out of range too") {
  const auto complaint = [](const KernelOptions& options) {
    return test::refusal<UsageError>([&] { check(options); });
  };
  CHECK(complaint({}) == "");
  CHECK(complaint({Kernel::polynomial, 1.0, 2, 0.0, 10, 3}) == "");
  CHECK(complaint({Kernel::none, 1.0}) == "--bandwidth goes with --kernel");
  CHECK(complaint({.landmarks = 9}) == "--landmarks goes with --kernel");
  CHECK(complaint({.seed = 9}) == "--kernel-seed goes with --kernel");
  CHECK(complaint({.kernel = Kernel::rbf, .degree = 2}) == "--degree goes with --kernel polynomial");
  CHECK(complaint({.kernel = Kernel::laplace, .offset = 2}) == "--offset goes with --kernel polynomial");
  CHECK(complaint({.kernel = Kernel::rbf, .bandwidth = 0}) == "--bandwidth: must be above 0");
  CHECK(complaint({.kernel = Kernel::rbf, .landmarks = 1}) == "--landmarks: must be at least 2");
  CHECK(complaint({.kernel = Kernel::polynomial, .degree = 0}) == "--degree: must be at least 1");
  CHECK(complaint({.kernel = Kernel::polynomial, .offset = -1}) == "--offset: must be at least 0");
}
