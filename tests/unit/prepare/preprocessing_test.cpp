#include "prepare/preprocessing.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "core/options/option_list.hpp"
#include "core/random.hpp"
#include "prepare/preprocessing_options.hpp"
#include "unit/covariance.hpp"
#include "unit/metric/squared_distance.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::prepare;

namespace {

Matrix leaning_rows(Index n, Index d, std::uint64_t seed) {
  Random random(seed);
  Matrix A(n, d);
  for (double& value : A.reshaped()) value = random.uniform();
  for (Index j = 1; j < d; ++j) A.col(j) += 0.5 * static_cast<double>(j) * A.col(j - 1);
  return A;
}

}  // namespace

TEST_CASE("z-scores have mean 0 and variance 1 with divisor n, ranges go from 0 to 1, a constant stays") {
  Matrix X = leaning_rows(500, 4, 1);
  X.col(2).setConstant(7);
  const Matrix Z = fit_preprocessing(X, {Scale::zscore, 0}).apply(X);
  CHECK(Z.colwise().mean().norm() <= 1e-13);
  CHECK((test::covariance(Z).diagonal() - (Vector(4) << 1, 1, 0, 1).finished()).norm() <= 1e-13);
  CHECK(Z.col(2) == Vector::Zero(500));
  const Matrix U = fit_preprocessing(X, {Scale::minmax, 0}).apply(X);
  CHECK(U.colwise().minCoeff() == RowVector::Zero(4));
  CHECK(U.colwise().maxCoeff() == (RowVector(4) << 1, 1, 0, 1).finished());
  CHECK(fit_preprocessing(X, {}).apply(X) == X);
}

TEST_CASE("a network is folded and unfolded: the same of x as of z") {
  const Matrix X = leaning_rows(60, 5, 7);
  for (const PreprocessingOptions& options : {PreprocessingOptions{}, {Scale::minmax, 0}, {Scale::zscore, 3}}) {
    const Preprocessing prepared = fit_preprocessing(X, options);
    const Index d = prepared.reduced_dims();
    const metric::Network over_z({{leaning_rows(4, d, 8), leaning_rows(4, 1, 9), metric::Activation::relu},
                                  {leaning_rows(2, 4, 10), leaning_rows(2, 1, 11), metric::Activation::linear}},
                                 true);
    const Matrix Z = prepared.apply(X);
    const metric::Network over_x = prepared.fold(over_z);
    CHECK((over_x.transform(X) - over_z.transform(Z)).norm() < 1e-12);
    CHECK((prepared.unfold(over_x).transform(Z) - over_z.transform(Z)).norm() < 1e-12);
    CHECK_THROWS_AS(prepared.fold(metric::Network({{Matrix::Ones(1, d + 1), Vector::Ones(1)}})), InputError);
    CHECK_THROWS_AS(prepared.unfold(metric::Network({{Matrix::Ones(1, 6), Vector::Ones(1)}})), InputError);
  }
}

TEST_CASE("principal components are uncorrelated, in falling order, and keep the largest variance there is") {
  const Matrix X = leaning_rows(400, 6, 2);
  for (const Scale scale : {Scale::none, Scale::zscore, Scale::minmax}) {
    const Matrix all = fit_preprocessing(X, {scale, 6}).apply(X);
    const SquareMatrix C = test::covariance(all);
    const Vector variances = C.diagonal();
    CHECK((C - SquareMatrix(variances.asDiagonal())).norm() <= 1e-13 * C.norm());
    for (Index r = 1; r < 6; ++r) CHECK(variances(r) <= variances(r - 1));
    const Matrix scaled = fit_preprocessing(X, {scale, 0}).apply(X);
    CHECK(variances.sum() == doctest::Approx(test::covariance(scaled).trace()).epsilon(1e-12));
    // a rotation: distances are those of the scaled rows
    CHECK((all.row(3) - all.row(5)).norm() == doctest::Approx((scaled.row(3) - scaled.row(5)).norm()).epsilon(1e-12));
    const Matrix two = fit_preprocessing(X, {scale, 2}).apply(X);
    CHECK((two - all.leftCols(2)).norm() <= 1e-12 * all.norm());
  }
}

TEST_CASE("a folded metric has the distances that were learned") {
  const Matrix X = leaning_rows(50, 5, 3);
  for (const Scale scale : {Scale::none, Scale::zscore, Scale::minmax}) {
    for (const Index pca : {0, 3}) {
      const Preprocessing preprocessing = fit_preprocessing(X, {scale, pca});
      const Matrix Z = preprocessing.apply(X);
      const Index q = preprocessing.reduced_dims();
      REQUIRE(Z.cols() == q);
      const Matrix L = leaning_rows(2, q, 4), B = leaning_rows(q, q, 5);
      for (const metric::Metric& learned :
           {metric::Metric::from_factor(L), metric::Metric::from_matrix(B.transpose() * B),
            metric::Metric::from_weights(B.row(0).transpose())}) {
        const metric::Metric folded = preprocessing.fold(learned);
        CHECK(folded.dims() == 5);
        CHECK(folded.form() == (pca > 0 ? metric::Metric::Form::factor : learned.form()));
        for (Index i = 1; i < 5; ++i) {
          CHECK(test::squared_distance(folded, X.row(0), X.row(i)) ==
                doctest::Approx(test::squared_distance(learned, Z.row(0), Z.row(i))).epsilon(1e-11));
        }
      }
      CHECK(((preprocessing.linear_map() * (X.row(1) - X.row(0)).transpose()).transpose() - (Z.row(1) - Z.row(0)))
                .norm() <= 1e-13);
    }
  }
}

TEST_CASE("scaling follows the units, and offsets of 1e8 cost nothing") {
  const Matrix X = leaning_rows(300, 3, 6);
  Matrix moved = X;
  moved.col(0) = moved.col(0) * 1024.0;
  moved.col(1).array() += 1e8;
  const Matrix Z = fit_preprocessing(X, {Scale::zscore, 0}).apply(X);
  const Matrix Zm = fit_preprocessing(moved, {Scale::zscore, 0}).apply(moved);
  CHECK((Z.col(0) - Zm.col(0)).norm() <= 1e-13 * Z.norm());
  CHECK((Z.col(1) - Zm.col(1)).norm() <= 1e-7 * Z.norm());  // the digits that the rows themselves have lost
}

TEST_CASE("one row, ten thousand features, and what is refused") {
  const Matrix X = leaning_rows(1, 3, 7);
  CHECK(fit_preprocessing(X, {Scale::zscore, 0}).apply(X) == Matrix::Zero(1, 3));
  const Matrix wide = Matrix::Constant(2, 10000, 3);
  CHECK(fit_preprocessing(wide, {Scale::zscore, 0}).apply(wide).cols() == 10000);
  CHECK_THROWS_AS(fit_preprocessing(X, {Scale::none, 4}), InputError);
  CHECK_THROWS_AS(fit_preprocessing(X, {Scale::none, -1}), InputError);
  CHECK_THROWS_AS(fit_preprocessing(Matrix(0, 3), {}), InputError);
  const Preprocessing preprocessing = fit_preprocessing(X, {Scale::zscore, 2});
  CHECK_THROWS_AS(preprocessing.apply(wide), InputError);
  CHECK_THROWS_AS(preprocessing.fold(metric::Metric::euclidean(3)), InputError);
}

TEST_CASE("unfold undoes fold") {
  const Matrix X =
      Matrix::NullaryExpr(20, 6, [](Index i, Index j) { return std::sin(static_cast<double>(i * j + i)); });
  for (const Index pca : {0, 4}) {
    const Preprocessing preprocessing = fit_preprocessing(X, {Scale::zscore, pca});
    const Matrix L = X.block(1, 1, 3, preprocessing.reduced_dims() - 1).rowwise().reverse();
    Matrix wide = Matrix::Ones(3, preprocessing.reduced_dims());
    wide.leftCols(L.cols()) = L;
    const metric::Metric back = preprocessing.unfold(preprocessing.fold(metric::Metric::from_factor(wide)));
    CHECK((back.matrix() - wide.transpose() * wide).norm() <= 1e-12 * wide.squaredNorm());
  }
  CHECK_THROWS_AS(fit_preprocessing(X, {}).unfold(metric::Metric::euclidean(5)), InputError);
}

TEST_CASE("rows whose squares overflow or underflow are scaled as those of common size, to the last bit") {
  const Matrix X = leaning_rows(300, 3, 11);
  const RowVector units{{0x1p700, 0x1p-700, 1}};
  const Matrix wild = X.array().rowwise() * units.array();
  for (const PreprocessingOptions& options :
       {PreprocessingOptions{Scale::zscore, 0}, {Scale::minmax, 0}, {Scale::zscore, 2}}) {
    const Preprocessing common = fit_preprocessing(X, options), prepared = fit_preprocessing(wild, options);
    CHECK(prepared.apply(wild) == common.apply(X));
  }
  const Preprocessing components = fit_preprocessing(X * 0x1p700, {Scale::none, 2});
  CHECK(components.apply(X * 0x1p700) == fit_preprocessing(X, {Scale::none, 2}).apply(X) * 0x1p700);
  CHECK_THROWS_AS(fit_preprocessing((Matrix(2, 1) << -1.7e308, 1.7e308).finished(), {Scale::minmax, 0}), InputError);
}

TEST_CASE("where M would be no numbers a folded metric is its factor") {
  const Matrix X = leaning_rows(40, 2, 12) * 0x1p700;
  const Preprocessing prepared = fit_preprocessing(X, {Scale::zscore, 0});
  const Matrix Z = prepared.apply(X);
  for (const metric::Metric& learned :
       {metric::Metric::euclidean(2), metric::Metric::from_matrix(SquareMatrix::Identity(2, 2) * 3)}) {
    const metric::Metric folded = prepared.fold(learned);
    CHECK(
        (folded.transform(X.topRows(1) - X.bottomRows(1)) - learned.transform(Z.topRows(1) - Z.bottomRows(1))).norm() <
        1e-12);
    CHECK_THROWS_AS(folded.matrix(), InputError);
  }
}

TEST_CASE("principal components of fewer rows than features are those of the dense way") {
  Random random(4);
  Matrix X(12, 20);
  for (double& x : X.reshaped()) x = random.uniform();
  X.col(5).setConstant(1);
  for (const Scale scale : {Scale::none, Scale::zscore, Scale::minmax}) {
    for (const Index pca : {1, 4, 11, 15}) {
      const PreprocessingOptions options{scale, pca};
      const Preprocessing few = fit_preprocessing(X, options);
      const Preprocessing dense(linalg::moments_of(X, linalg::MomentOrder::scatter, Threads()), options);
      const Matrix A = few.linear_map(), B = dense.linear_map();
      CHECK(A.rows() == pca);
      CHECK((A.transpose() * A - B.transpose() * B).norm() <= 1e-10 * B.squaredNorm());
      CHECK((few.apply(X) - dense.apply(X)).col(0).norm() <= 1e-11 * dense.apply(X).norm());
      if (pca == 15) CHECK(few.apply(X).rightCols(4).isZero(0));
    }
  }
  const Preprocessing common = fit_preprocessing(X, {Scale::none, 3}),
                      large = fit_preprocessing(X * 0x1p700, {Scale::none, 3});
  CHECK((large.apply(X * 0x1p700) / 0x1p700 - common.apply(X)).norm() <= 1e-12 * common.apply(X).norm());
}

TEST_CASE("preprocessing: its options are no parameters of a model, and two scales contradict each other") {
  PreprocessingOptions options;
  OptionList all;
  declare(all, options);
  CHECK(test::refusal<UsageError>([&] { all.set({{"pca", "0"}}); }) == "--pca: '0' is not a whole number from 1");
  all.set({{"standardize", "true"}, {"pca", "2"}});
  CHECK(options.scale == Scale::zscore);
  CHECK(options.pca == 2);
  CHECK(all.parameters().empty());
  options.scale = Scale::minmax;
  CHECK(test::refusal<UsageError>([&] {
          all.set({{"standardize", "true"}});
        }) == "--standardize and --scale minmax contradict each other");
}
