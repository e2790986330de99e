#include "learn/pca/pca.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <utility>

#include "core/error.hpp"
#include "core/random.hpp"
#include "linalg/scatter.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/spectral/psd.hpp"
#include "prepare/preprocessing.hpp"
#include "unit/covariance.hpp"
#include "unit/dataset.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/random_rows.hpp"

using namespace maha;
using namespace maha::learn;

namespace {

/// Rows in blocks of so many.
Fit components_of(const Matrix& X, const pca::PcaOptions& options = {},
                  const prepare::PreprocessingOptions& preprocessing = {}, Index block = 1 << 20) {
  const NextRows next = [&, begin = Index(0)](Matrix& rows, Labels&) mutable {
    const Index count = std::min(block, X.rows() - begin);
    rows = X.middleRows(begin, count);
    begin += count;
    return count > 0;
  };
  return pca::fit_pca(next, preprocessing, options);
}

SquareMatrix distances(const Matrix& Z) {
  SquareMatrix D(Z.rows(), Z.rows());
  for (Index i = 0; i < Z.rows(); ++i) D.col(i) = (Z.rowwise() - Z.row(i)).rowwise().norm();
  return D;
}

}  // namespace

TEST_CASE("pca: of full rank the distances are Euclidean, whitened those of the inverse covariance") {
  const Dataset wine = read_dataset("wine");
  const Fit plain = components_of(wine.X), white = components_of(wine.X, {.whiten = true});
  const SquareMatrix D = distances(wine.X);
  CHECK((distances(plain.linear().transform(wine.X)) - D).cwiseAbs().maxCoeff() <= 1e-12 * D.maxCoeff());
  CHECK(number(plain, "kept") == 1);
  CHECK(number(plain, "residual") <= 1e-14);
  const SquareMatrix product = white.linear().matrix() * test::covariance(wine.X);
  CHECK((product - SquareMatrix::Identity(13, 13)).cwiseAbs().maxCoeff() <= 1e-8);
  CHECK((plain.center - wine.X.colwise().mean()).norm() <= 1e-12 * plain.center.norm());
}

TEST_CASE("pca: scores are uncorrelated, their variances the eigenvalues, the largest first") {
  const Dataset wine = read_dataset("wine");
  const prepare::PreprocessingOptions zscore{prepare::Scale::zscore, 0};
  const Fit fit = components_of(wine.X, {.rank = 3}, zscore);
  CHECK(number(fit, "rank") == 3);
  const SquareMatrix S = test::covariance(fit.linear().transform(wine.X));
  // Of the correlations of wine: numpy.linalg.eigvalsh, the first three of thirteen.
  const Vector expected{{4.7058502529904, 2.4969737334112, 1.4460719697125}};
  CHECK((S.diagonal() - expected).cwiseAbs().maxCoeff() <= 1e-9);
  CHECK((S - SquareMatrix(S.diagonal().asDiagonal())).cwiseAbs().maxCoeff() <= 1e-12);
  CHECK(number(fit, "kept") == doctest::Approx(expected.sum() / 13).epsilon(1e-10));
  const SquareMatrix W =
      test::covariance(components_of(wine.X, {.rank = 3, .whiten = true}, zscore).linear().transform(wine.X));
  CHECK((W - SquareMatrix::Identity(3, 3)).cwiseAbs().maxCoeff() <= 1e-12);
}

TEST_CASE("pca: an offset, a rotation and blocks change no distance") {
  const Dataset iris = read_dataset("iris");
  Random random(5);
  SquareMatrix A(4, 4);
  for (double& a : A.reshaped()) a = random.uniform();
  const SquareMatrix Q = linalg::orthonormal(A);
  const Fit plain = components_of(iris.X, {.rank = 2});
  CHECK(components_of(iris.X, {.rank = 2}, {}, 7).linear().factor() == plain.linear().factor());
  const SquareMatrix D = distances(plain.linear().transform(iris.X));
  const Matrix turned = iris.X * Q, moved = iris.X.rowwise() + RowVector::Constant(4, 1024);
  CHECK((distances(components_of(turned, {.rank = 2}).linear().transform(turned)) - D).cwiseAbs().maxCoeff() <= 1e-12);
  CHECK((distances(components_of(moved, {.rank = 2}).linear().transform(moved)) - D).cwiseAbs().maxCoeff() <= 1e-10);
}

TEST_CASE("pca: only directions that the rows vary in are components") {
  const Dataset iris = read_dataset("iris");
  Matrix X(150, 6);
  X << iris.X, Vector::Constant(150, 3.5), iris.X.col(0) - 2 * iris.X.col(3);
  CHECK(number(components_of(X), "rank") == 4);
  CHECK(number(components_of(X, {.rank = 5, .whiten = true}), "rank") == 4);
  CHECK(components_of(X, {.whiten = true}).linear().factor().allFinite());
  const Fit equal = components_of(Matrix::Constant(3, 2, 0.1));
  CHECK(number(equal, "rank") == 0);
  CHECK(number(equal, "kept") == 1);
  CHECK(equal.linear().matrix().isZero(0));
}

TEST_CASE("pca: a few components of many features are the first of all") {
  Random random(8);
  Matrix X(700, 600);
  for (double& x : X.reshaped()) x = random.uniform();
  for (Index j = 0; j < 5; ++j) X.col(j) *= 20 - 3 * static_cast<double>(j);
  const Fit few = components_of(X, {.rank = 4}, {}, 700), all = components_of(X, {}, {}, 700);
  CHECK((few.linear().factor() - all.linear().factor().topRows(4)).cwiseAbs().maxCoeff() <= 1e-11);
  CHECK(number(few, "kept") < 1);
  CHECK(number(few, "kept") > 0.5);
  CHECK(number(few, "residual") <= 1e-13);
}

TEST_CASE("pca: of fewer rows than features, the components and figures of the dense way") {
  Random random(6);
  Matrix X(25, 70);
  for (double& x : X.reshaped()) x = random.uniform();
  X.col(9).setConstant(2);
  for (const Index rank : {0, 3, 40}) {
    for (const bool whiten : {false, true}) {
      for (const Index block : {4, 100}) {
        const Fit fit = components_of(X, {rank, whiten}, {prepare::Scale::zscore, 0}, block);
        const linalg::Moments moments = linalg::moments_of(X, linalg::MomentOrder::scatter, Threads());
        const prepare::Preprocessing prepared(moments, {prepare::Scale::zscore, 0});
        const linalg::PrincipalAxes dense = linalg::principal_axes(test::covariance(prepared.apply(X)));
        const Index kept = rank == 3 ? 3 : 24;
        Matrix L = dense.axes.topRows(kept);
        if (whiten) L = dense.variances.head(kept).cwiseSqrt().cwiseInverse().asDiagonal() * L;
        const SquareMatrix D = distances(prepared.apply(X) * L.transpose());
        CHECK((distances(fit.linear().transform(X)) - D).cwiseAbs().maxCoeff() <= 1e-11 * D.maxCoeff());
        CHECK(number(fit, "rank") == static_cast<double>(kept));
        CHECK(number(fit, "kept") ==
              doctest::Approx(dense.variances.head(kept).sum() / dense.variances.sum()).epsilon(1e-13));
        CHECK(number(fit, "residual") <= 1e-14);
        CHECK((fit.center - X.colwise().mean()).norm() <= 1e-13);
      }
    }
  }
  CHECK_THROWS_AS(components_of(X * 1e200), InputError);
  CHECK_THROWS_AS(components_of(X, {.rank = 71}), InputError);
}

TEST_CASE("pca: what has no components is refused") {
  const Matrix X{{1.0, 2.0}, {3.0, 5.0}, {4.0, 1.0}};
  CHECK_THROWS_WITH_AS(components_of(Matrix(0, 2)), "no rows", InputError);
  CHECK_THROWS_WITH_AS(components_of(X, {.rank = 3}), "--rank 3: there are only 2 features", InputError);
  CHECK_THROWS_AS(components_of(X, {.rank = -1}), InputError);
  CHECK_THROWS_AS(components_of(X * 1e200), InputError);
}

TEST_CASE("pca: figures of any size of rows are true, or their squares are said to be out of range") {
  for (const Index d : {3, 40}) {
    const Matrix X = test::random_rows(12, d, 5);
    const double usual = number(components_of(X), "residual");
    for (const double unit : {0x1p+500, 0x1p-490}) {
      const Fit fit = components_of(X * unit);
      CHECK(number(fit, "residual") == doctest::Approx(usual).epsilon(1e-9));
      CHECK(number(fit, "kept") <= 1);
      CHECK(fit.linear().rank() == std::min<Index>(d, 11));
    }
    CHECK_THROWS_WITH_AS(components_of(X * 1e-170), "the values differ by too little: their squares underflow",
                         InputError);
    Matrix mixed = X;
    mixed.col(1) *= 1e-170;  // nothing beside the others
    CHECK(components_of(mixed).linear().rank() == std::min<Index>(d - 1, 11));
    CHECK(number(components_of(mixed), "kept") <= 1);
  }
}
