#include "learn/covariance/covariance.hpp"

#include <doctest/doctest.h>

#include <Eigen/LU>
#include <limits>
#include <utility>

#include "core/error.hpp"
#include "core/random.hpp"
#include "learn/covariance/shrinkage.hpp"
#include "linalg/scatter.hpp"
#include "linalg/spectral/psd.hpp"
#include "prepare/preprocessing.hpp"
#include "unit/apart.hpp"
#include "unit/covariance.hpp"
#include "unit/dataset.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/metric/squared_distance.hpp"

using namespace maha;
using namespace maha::learn;
using maha::test::apart;

namespace {

/// Rows minus the mean of their class.
Matrix within(const Matrix& X, const Labels& y) {
  Matrix Y = X;
  for (int c = 0; c <= *std::max_element(y.begin(), y.end()); ++c) {
    RowVector sum = RowVector::Zero(X.cols());
    double n = 0;
    for (Index i = 0; i < X.rows(); ++i) {
      if (y[static_cast<std::size_t>(i)] == c) sum += X.row(i), n += 1;
    }
    for (Index i = 0; i < X.rows(); ++i) {
      if (y[static_cast<std::size_t>(i)] == c) Y.row(i) -= sum / n;
    }
  }
  return Y;
}

Matrix random_rows(Index n, Index d, std::uint64_t seed) {
  Random random(seed);
  Matrix A(n, d);
  for (double& value : A.reshaped()) value = random.uniform() - 0.5;
  for (Index j = 1; j < d; ++j) A.col(j) += 0.5 * A.col(j - 1);
  return A;
}

/// The options of a covariance, with those of what rows go through first.
struct Wanted : covariance::CovarianceOptions {
  prepare::PreprocessingOptions preprocessing{};
};

Fit fit_covariance(const Matrix& X, const Labels& y, const Wanted& options) {
  const NextRows once = [&, done = false](Matrix& rows, Labels& classes) mutable {
    rows = X;
    classes = y;
    return !std::exchange(done, true);
  };
  return covariance::fit_covariance(once, options.preprocessing, options);
}

double rho(const Matrix& X, const Labels& y, const Wanted& options) {
  return number(fit_covariance(X, y, options), "shrinkage");
}

/// The largest relative difference between the distances of two metrics over pairs of the given rows.
double distances_apart(const metric::Metric& a, const Matrix& Xa, const metric::Metric& b, const Matrix& Xb) {
  double worst = 0;
  for (Index i = 1; i < Xa.rows(); ++i) {
    const double da = test::squared_distance(a, Xa.row(i), Xa.row(i - 1)),
                 db = test::squared_distance(b, Xb.row(i), Xb.row(i - 1));
    worst = std::max(worst, std::abs(da - db) / std::max(da, db));
  }
  return worst;
}

}  // namespace

TEST_CASE("maximum likelihood: M is the inverse of the covariance, the center the mean") {
  const Dataset wine = read_dataset("wine");
  const Fit result = covariance::fit_covariance(wine.X, {});
  const Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic> S = test::covariance(wine.X).cast<long double>();
  CHECK(apart(result.linear().matrix(), S.inverse().cast<double>()) <= 1e-11);
  CHECK((result.center - wine.X.colwise().mean()).norm() <= 1e-12);
  CHECK(result.linear().form() == metric::Metric::Form::matrix);
  CHECK(number(result, "rank") == 13);
  CHECK_FALSE(result.singularity->singular());
  CHECK(number(result, "rows") == 178);
  CHECK(!value_of(result, "shrinkage"));
}

TEST_CASE("the variants are what their formulas say") {
  const Dataset wine = read_dataset("wine");
  const Index n = 178, d = 13;
  const SquareMatrix S = test::covariance(wine.X), I = SquareMatrix::Identity(d, d);
  const Matrix Y = within(wine.X, wine.y);
  const SquareMatrix W = Y.transpose() * Y / static_cast<double>(n);
  const double m = S.trace() / d;
  const auto check = [&](const covariance::CovarianceOptions& options, const SquareMatrix& expected) {
    const SquareMatrix M = covariance::fit_covariance(wine.X, wine.y, options).linear().matrix();
    CHECK((M * expected - I).norm() <= 1e-8);
  };
  Wanted options;
  options.unbiased = true;
  check(options, S * n / (n - 1.0));
  options.within = true;
  check(options, W * n / (n - 3.0));
  options.unbiased = false;
  check(options, W);
  options.within = false;
  options.ridge = 0.01;
  check(options, S + 0.01 * m * I);
  options.ridge = 0;
  options.shrinkage = covariance::Shrinkage::fixed;
  options.weight = 0.3;
  check(options, 0.7 * S + 0.3 * m * I);
}

// Figures from Debian's python3-sklearn 1.2.1: sklearn.covariance.ledoit_wolf on the rows, standardised with divisor n,
// centred per class (assume_centered) or projected on two principal axes by numpy. Its oas drops the 2/d of the paper,
// so those here are the paper's formula, computed with numpy.
TEST_CASE("Ledoit-Wolf shrinkage is scikit-learn's, OAS that of the paper") {
  const Dataset iris = read_dataset("iris"), wine = read_dataset("wine");
  Wanted options;
  const auto check = [&](const Dataset& data, double ledoit_wolf, double oas) {
    options.shrinkage = covariance::Shrinkage::ledoit_wolf;
    CHECK(rho(data.X, data.y, options) == doctest::Approx(ledoit_wolf).epsilon(1e-12));
    options.shrinkage = covariance::Shrinkage::oas;
    CHECK(rho(data.X, data.y, options) == doctest::Approx(oas).epsilon(1e-12));
  };
  check(iris, 0.00757880145407865, 0.015615681436624);
  check(wine, 0.010511181855745, 0.0112095412322879);
  options.within = true;
  check(iris, 0.0398589581478113, 0.0272069256264466);
  check(wine, 0.0154671727711349, 0.0112700127335331);
  options.preprocessing.scale = prepare::Scale::zscore;
  check(iris, 0.0368299589796505, 0.0265391968639541);
  check(wine, 0.186388144318562, 0.132900481494305);
  options.within = false;
  check(iris, 0.0175337366421592, 0.0255734708998795);
  check(wine, 0.0482041442496646, 0.0547613349436216);
  options.preprocessing.pca = 2;
  check(iris, 0.0426697607725064, 0.0487429156447752);
  check(wine, 0.0977439910449851, 0.119473811889565);
  options.within = true;
  check(iris, 0.0565971718421281, 0.0286680148789699);
  check(wine, 0.289255380872385, 0.180474295300592);
}

TEST_CASE("the estimate does not depend on blocks, threads, or whether rows come in memory") {
  const Matrix X = random_rows(1300, 4, 1);
  Labels y(1300);
  Random random(2);
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = i < 3 ? static_cast<int>(i) : static_cast<int>(random.below(3));
  for (const bool within_classes : {false, true}) {
    for (const covariance::Shrinkage shrinkage : {covariance::Shrinkage::none, covariance::Shrinkage::ledoit_wolf}) {
      for (const Index pca : {0, 2}) {
        Wanted options;
        options.within = within_classes;
        options.shrinkage = shrinkage;
        options.preprocessing = {prepare::Scale::zscore, pca};
        const Fit whole = fit_covariance(X, y, options);
        Index begin = 0;
        const NextRows next = [&](Matrix& rows, Labels& classes) {
          if (begin == X.rows()) return false;
          const Index count = std::min(X.rows() - begin, random.below(500));
          rows = X.middleRows(begin, count);
          classes.assign(y.begin() + begin, y.begin() + begin + count);
          begin += count;
          return true;
        };
        const Fit cut = covariance::fit_covariance(next, options.preprocessing, options, {Threads(3), {}});
        CHECK(cut.linear().factor() == whole.linear().factor());
        Labels renamed = y;  // as in a part of a data set
        for (int& c : renamed) c = 7 - 3 * c;
        CHECK(fit_covariance(X, renamed, options).linear().factor() == whole.linear().factor());
        CHECK(cut.center == whole.center);
        CHECK(cut.extras.entries() == whole.extras.entries());
      }
    }
  }
}

TEST_CASE("distances do not depend on units or offsets") {
  const Matrix X = random_rows(500, 5, 3);
  Matrix moved = X;
  moved.col(0) *= 1e9;
  moved.col(1) *= 1e-9;
  moved.col(2).array() += 1e8;
  moved.col(3) = moved.col(3) * 1e6;
  moved.col(3).array() -= 3e14;
  for (const prepare::Scale scale : {prepare::Scale::none, prepare::Scale::zscore, prepare::Scale::minmax}) {
    Wanted options;
    options.preprocessing.scale = scale;
    const Fit plain = fit_covariance(X, {}, options), other = fit_covariance(moved, {}, options);
    CHECK(number(other, "rank") == 5);
    CHECK(distances_apart(plain.linear(), X, other.linear(), moved) <= 1e-5);  // the digits that the rows have lost
  }
}

TEST_CASE("without shrinkage, scaling and a full rotation change nothing") {
  const Dataset wine = read_dataset("wine");
  const Fit plain = covariance::fit_covariance(wine.X, {});
  for (const Index pca : {0, 13}) {
    Wanted options;
    options.preprocessing = {prepare::Scale::zscore, pca};
    CHECK(distances_apart(fit_covariance(wine.X, {}, options).linear(), wine.X, plain.linear(), wine.X) <= 1e-10);
  }
}

TEST_CASE("after PCA the metric whitens the principal components") {
  const Dataset wine = read_dataset("wine");
  Wanted options;
  options.preprocessing = {prepare::Scale::zscore, 3};
  const metric::Metric metric = fit_covariance(wine.X, {}, options).linear();
  CHECK(metric.rank() == 3);
  CHECK(metric.form() == metric::Metric::Form::factor);
  CHECK(apart(test::covariance(metric.transform(wine.X)), SquareMatrix::Identity(3, 3)) <= 1e-12);
}

TEST_CASE("a constant, a repeated and a combined feature change no distance, and are named") {
  const Dataset wine = read_dataset("wine");
  const Fit plain = covariance::fit_covariance(wine.X, {});
  Matrix X(178, 16);
  X << wine.X, Vector::Constant(178, 3.3), wine.X.col(4), 2 * wine.X.col(1) - wine.X.col(6) * 0.125;
  const Fit result = covariance::fit_covariance(X, {});
  CHECK(result.singularity->singular());
  CHECK(number(result, "rank") == 13);
  CHECK(result.singularity->constant == std::vector<Index>{13});
  CHECK(result.singularity->dependent == std::vector<Index>{1, 4, 6, 14, 15});
  CHECK(distances_apart(result.linear(), X, plain.linear(), wine.X) <= 1e-9);
  CHECK(result.linear().matrix().row(13).norm() == 0);
  const std::string text = result.singularity->text([](Index j) { return "f" + std::to_string(j + 1); });
  CHECK(text ==
        "the covariance is singular (rank 13 of 16); without variance: f14; linearly dependent: f2, f5, f7, f15, f16; "
        "M is its pseudo-inverse");
  CHECK(plain.singularity->text([](Index) { return "f"; }).empty());
  covariance::CovarianceOptions wanted;
  wanted.pseudo_inverse = true;
  CHECK_FALSE(covariance::fit_covariance(X, {}, wanted).singularity.has_value());

  covariance::CovarianceOptions ridge;
  ridge.ridge = 1e-3;
  CHECK_FALSE(covariance::fit_covariance(X, {}, ridge).singularity->singular());
}

TEST_CASE("fewer rows than features: distances between the rows are all the same") {
  // With S = Y'Y/n of rank n - 1, y_i' S^+ y_j = n (delta_ij - 1/n), so every squared distance is 2 n.
  const Matrix X = random_rows(20, 50, 4);
  const Fit result = covariance::fit_covariance(X, {});
  CHECK(number(result, "rank") == 19);
  double worst = 0;
  for (Index i = 1; i < 20; ++i) {
    worst = std::max(worst, std::abs(test::squared_distance(result.linear(), X.row(i), X.row(0)) - 40));
  }
  CHECK(worst <= 1e-10);
  Wanted pca;
  pca.preprocessing.pca = 30;
  const Fit components = fit_covariance(X, {}, pca);
  CHECK(number(components, "rank") == 19);
  CHECK(test::squared_distance(components.linear(), X.row(3), X.row(0)) == doctest::Approx(40).epsilon(1e-10));
}

namespace {

/// The metric of the dense way, which forms the covariance and inverts it, and the shrinkage it takes.
std::pair<metric::Metric, double> dense_way(const Matrix& X, const Labels& y, const Wanted& options) {
  const prepare::Preprocessing prepared(linalg::moments_of(X, linalg::MomentOrder::scatter, Threads()),
                                        options.preprocessing);
  const Matrix Z = prepared.apply(X), Y = within(Z, options.within ? y : Labels(y.size(), 0));
  const Index n = X.rows(), d = Z.cols();
  SquareMatrix S = Y.transpose() * Y / static_cast<double>(n);
  double rho = options.shrinkage == covariance::Shrinkage::fixed ? options.weight : 0;
  if (options.shrinkage == covariance::Shrinkage::oas) rho = covariance::oas_weight(S, n);
  if (options.shrinkage == covariance::Shrinkage::ledoit_wolf)
    rho = covariance::ledoit_wolf_weight(S, Y.rowwise().squaredNorm().squaredNorm(), n);
  const int classes = options.within ? *std::max_element(y.begin(), y.end()) + 1 : 1;
  if (options.unbiased) S *= static_cast<double>(n) / static_cast<double>(n - classes);
  const double m = S.trace() / static_cast<double>(d);
  S = (1 - rho) * S;
  S.diagonal().array() += (rho + options.ridge) * m;
  return {prepared.fold(metric::Metric::from_matrix(linalg::invert_psd(S).inverse)), rho};
}

}  // namespace

TEST_CASE("fewer rows than features: the same distances as the dense way, to 1e-10") {
  Matrix X = random_rows(30, 80, 6);
  X.col(3).setConstant(-4.25);
  X.col(17) = X.col(16);
  X.col(18) = X.col(20) - 3 * X.col(21);
  X.col(40) *= 1000;
  X.col(41) *= 0.001;
  X.row(12) = X.row(2);
  Labels y;
  for (int i = 0; i < 30; ++i) y.push_back(i == 29 ? 3 : i % 3);  // of one row alone, too
  Matrix others(60, 80);  // rows it was learned from, and others, outside their span
  others << X, random_rows(30, 80, 7);
  for (const prepare::Scale scale : {prepare::Scale::none, prepare::Scale::zscore, prepare::Scale::minmax}) {
    for (const Index pca : {0, 5, 60}) {
      for (int variant = 0; variant < 12; ++variant) {
        Wanted options;
        options.preprocessing = {scale, pca};
        options.within = variant % 2 == 1;
        options.unbiased = variant >= 6;
        const int kind = variant % 6 / 2;
        if (kind == 1) options.ridge = 0.01;
        if (kind == 2) options.shrinkage = covariance::Shrinkage::oas;
        if (kind == 2 && options.unbiased) options.shrinkage = covariance::Shrinkage::ledoit_wolf;
        CAPTURE(static_cast<int>(scale));
        CAPTURE(pca);
        CAPTURE(variant);
        const Fit fit = fit_covariance(X, y, options);
        const auto [metric, rho] = dense_way(X, y, options);
        CHECK(distances_apart(fit.linear(), others, metric, others) <= 1e-10);
        if (kind == 0) {
          const Index rank = options.within ? 26 : 28;  // of 30 rows, one in two classes, less means and repetitions
          CHECK(number(fit, "rank") == static_cast<double>(std::min(pca > 0 ? pca : rank, rank)));
          CHECK(fit.linear().form() == metric::Metric::Form::factor);
          CHECK(fit.linear().rank() == static_cast<Index>(number(fit, "rank")));
        }
        if (kind == 2) CHECK(number(fit, "shrinkage") == doctest::Approx(rho).epsilon(1e-12));
        CHECK((fit.center - X.colwise().mean()).norm() <= 1e-13 * fit.center.norm());
      }
    }
  }
  CHECK(covariance::fit_covariance(X, {}).singularity->constant == std::vector<Index>{3});
}

TEST_CASE("fewer rows than features: a ridge that is nothing beside the variance is as if there were none") {
  const Matrix X = random_rows(10, 25, 8);
  Wanted options;
  options.ridge = 1e-18;
  CHECK(distances_apart(fit_covariance(X, {}, options).linear(), X, dense_way(X, Labels(10, 0), options).first, X) <=
        1e-10);
  options.ridge = 0;
  options.shrinkage = covariance::Shrinkage::fixed;
  options.weight = 1;
  const SquareMatrix M = fit_covariance(X, {}, options).linear().matrix();
  CHECK(apart(M, SquareMatrix::Identity(25, 25) * (25 / test::covariance(X).trace())) <= 1e-14);
}

TEST_CASE("fewer rows than features: a full M too large to be written is refused, with what to do instead") {
  const Matrix X = random_rows(3, 8000, 9);
  Wanted options;
  options.ridge = 0.1;
  CHECK_THROWS_WITH_AS(fit_covariance(X, {}, options),
                       "with shrinkage or a ridge M is a full matrix of 8000 x 8000, a model of 1.3 GB, for fewer rows "
                       "than features; --pca R makes it small, and so does the pseudo-inverse, without --shrinkage and "
                       "--ridge",
                       InputError);
  options.preprocessing.pca = 2;
  CHECK(fit_covariance(X, {}, options).linear().rank() == 2);
  options.preprocessing.pca = 7500;
  CHECK_THROWS_AS(fit_covariance(X, {}, options), InputError);
  options.preprocessing.pca = 0;
  options.ridge = 0;
  CHECK(fit_covariance(X, {}, options).linear().rank() == 2);
}

TEST_CASE("one row, equal rows, one feature") {
  const Fit one = covariance::fit_covariance(Matrix::Constant(1, 3, 2), {});
  CHECK(number(one, "rank") == 0);
  CHECK(one.linear().matrix() == SquareMatrix::Zero(3, 3));
  CHECK(one.center == RowVector::Constant(3, 2));
  for (const covariance::Shrinkage shrinkage :
       {covariance::Shrinkage::none, covariance::Shrinkage::ledoit_wolf, covariance::Shrinkage::oas}) {
    Wanted options;
    options.shrinkage = shrinkage;
    options.preprocessing.scale = prepare::Scale::zscore;
    CHECK(number(fit_covariance(Matrix::Constant(5, 2, 0.1), {}, options), "rank") == 0);
    options.preprocessing.scale = prepare::Scale::none;
    const Matrix X = (Matrix(4, 1) << 1, 2, 3, 4).finished();
    CHECK(fit_covariance(X, {}, options).linear().matrix()(0, 0) == doctest::Approx(1 / 1.25).epsilon(1e-15));
  }
}

TEST_CASE("what cannot be fitted is refused") {
  const Matrix X = random_rows(4, 2, 5);
  const auto refuses = [&](auto&& spoil, const Matrix& rows, const Labels& y = {}) {
    Wanted options;
    spoil(options);
    CHECK_THROWS_AS(fit_covariance(rows, y, options), InputError);
  };
  refuses([](auto&) {}, Matrix(0, 2));
  refuses([](auto& o) { o.within = true; }, X);
  refuses([](auto& o) { o.unbiased = true; }, X.topRows(1));
  refuses([](auto& o) { o.unbiased = o.within = true; }, X.topRows(2), {0, 1});
  refuses([](auto& o) { o.ridge = -1; }, X);
  refuses([](auto& o) { o.ridge = std::numeric_limits<double>::quiet_NaN(); }, X);
  refuses([](auto& o) { o.weight = 1.5; }, X);
  refuses([](auto& o) { o.preprocessing.pca = 3; }, X);
  refuses([](auto&) {}, X * 1e200);
}

TEST_CASE("covariance: squares that overflow or underflow are refused, whatever the way they come by") {
  const Matrix X = (Matrix(4, 2) << 1, 2, 3, 5, 2, 2, 4, 9).finished();
  for (const double unit : {0x1p600, 0x1p-600}) CHECK_THROWS_AS(covariance::fit_covariance(X * unit, {}), InputError);
  Matrix one = X;
  one(2, 1) = 1e200;
  CHECK_THROWS_WITH_AS(covariance::fit_covariance(one, {}),
                       "the values of feature 2 are too large: their squares overflow", InputError);
  one.col(1) = X.col(1) * 1e-200;
  CHECK_THROWS_WITH_AS(covariance::fit_covariance(one, {}),
                       "the values of feature 2 differ by too little: their squares underflow", InputError);
  Wanted options;
  options.shrinkage = covariance::Shrinkage::ledoit_wolf;
  CHECK_THROWS_WITH_AS(fit_covariance(X * 1e80, {}, options),
                       "the values of feature 1 are too large: their fourth powers overflow", InputError);
  CHECK_THROWS_AS(fit_covariance(X * 1e-85, {}, options), InputError);
  options.shrinkage = covariance::Shrinkage::oas;
  const Fit common = fit_covariance(X, {}, options);
  const Fit large = fit_covariance(X * 0x1p300, {}, options);  // squares of the covariance overflow
  CHECK(number(large, "shrinkage") == number(common, "shrinkage"));
  CHECK(large.linear().matrix() * 0x1p600 == common.linear().matrix());
}
