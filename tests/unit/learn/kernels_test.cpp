/// Every learner with a kernel: what it learns from phi, over the raw features.

#include <doctest/doctest.h>

#include <cmath>
#include <memory>
#include <numbers>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/error.hpp"
#include "core/random.hpp"
#include "core/rows_by_class.hpp"
#include "learn/lda/lda.hpp"
#include "learn/table.hpp"
#include "unit/dataset.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/learn/row_distances.hpp"
#include "unit/random_rows.hpp"

using namespace maha;
using namespace maha::learn;
using maha::test::row_distances;

namespace {

Lesson learned(const std::string& name, const std::vector<Setting>& settings, Samples samples) {
  const std::unique_ptr<Learner> learner = make_learner(name);
  learner->options().set(settings);
  learner->check();
  return learner->learn(std::move(samples), {});
}

const metric::Network& network_of(const Lesson& lesson) { return std::get<metric::Network>(lesson.fit.metric); }

/// H, I - 11'/n.
SquareMatrix centring(Index n) { return SquareMatrix::Identity(n, n).array() - 1 / static_cast<double>(n); }

/// The share of the rows T whose nearest row of X under the lesson is of their class.
double accuracy(const Lesson& lesson, const Matrix& X, const Labels& y, const Matrix& T, const Labels& of_t) {
  const Matrix A = lesson.map(X, Threads()), B = lesson.map(T, Threads());
  double right = 0;
  for (Index i = 0; i < B.rows(); ++i) {
    Index nearest = 0;
    (A.rowwise() - B.row(i)).rowwise().squaredNorm().minCoeff(&nearest);
    right += y[static_cast<std::size_t>(nearest)] == of_t[static_cast<std::size_t>(i)] ? 1 : 0;
  }
  return right / static_cast<double>(B.rows());
}

/// Two rings about 0, of radius 1 and 2, with some noise.
Dataset rings(Index n, std::uint64_t seed) {
  Random random(seed);
  Dataset data{Matrix(n, 2), {}};
  for (Index i = 0; i < n; ++i) {
    const double angle = 2 * std::numbers::pi * random.uniform();
    const double radius = static_cast<double>(1 + i % 2) + 0.2 * (random.uniform() - 0.5);
    data.X.row(i) << radius * std::cos(angle), radius * std::sin(angle);
    data.y.push_back(static_cast<int>(i % 2));
  }
  return data;
}

/// The four quadrants, of which opposite ones are of a class.
Dataset quadrants(Index n, std::uint64_t seed) {
  Dataset data{test::random_rows(n, 2, seed), {}};
  for (Index i = 0; i < n; ++i) data.y.push_back(data.X(i, 0) * data.X(i, 1) > 0 ? 1 : 0);
  return data;
}

}  // namespace

TEST_CASE("kernels: with LDA the coefficients solve the eigenproblem of kernel discriminant analysis") {
  const Index n = 45;
  const Matrix X = test::random_rows(n, 2, 1);
  Labels y;
  for (Index i = 0; i < n; ++i) y.push_back(static_cast<int>(X(i, 0) > 0) + static_cast<int>(X.row(i).norm() > 0.8));
  // The scatters of the rows phi are Phi' P Phi; with v = Phi' alpha their forms are alpha' K P K alpha.
  SquareMatrix between = SquareMatrix::Zero(n, n);
  for (const std::vector<Index>& rows : rows_by_class(y)) {
    Vector one = Vector::Zero(n);
    for (const Index i : rows) one(i) = 1;
    between += one * one.transpose() / static_cast<double>(rows.size());
  }
  const SquareMatrix H = centring(n);
  between = H * between * H / static_cast<double>(n);
  const SquareMatrix total = H / static_cast<double>(n), within = total - between;

  for (const bool rbf : {false, true}) {
    const double rounding = rbf ? 1e-5 : 1e-9;  // the least eigenvalue of the kernel is 1e-10 of the largest
    const double ridge = rbf ? 0.05 : 0;
    std::vector<Setting> settings{{"kernel", "polynomial"}, {"degree", "2"}, {"bandwidth", "1"}};
    if (rbf) settings = {{"kernel", "rbf"}, {"bandwidth", "0.7"}, {"ridge", "0.05"}};
    const Lesson lesson = learned("lda", settings, {.X = X, .y = y});
    SquareMatrix K = X * X.transpose();
    if (rbf) {
      K = (row_distances(X).array().square() / (-2 * 0.7 * 0.7)).exp();
    } else {
      K = (K.array() + 1).square();
    }
    const SquareMatrix C = H * K * H;
    const Matrix alpha = network_of(lesson).layers().front().weights * H;
    REQUIRE(alpha.rows() == 2);
    // C alpha first: the coefficients of small eigenvalues are huge and cancel.
    const Matrix beta = alpha * C;
    const SquareMatrix within_ridge = within + ridge * total;
    CHECK((beta * within_ridge * beta.transpose() - SquareMatrix::Identity(2, 2)).cwiseAbs().maxCoeff() <= rounding);
    double criterion = 0;
    for (Index k = 0; k < 2; ++k) {
      const Vector b = beta.row(k).transpose(), left = C * (between * b), right = C * (within_ridge * b);
      const double lambda = b.dot(between * b) / b.dot(within_ridge * b);
      CHECK((left - lambda * right).norm() <= rounding * lambda * right.norm());
      criterion += lambda;
    }
    CHECK(criterion == doctest::Approx(number(lesson.fit, "criterion")).epsilon(rounding));
  }
}

TEST_CASE("kernels: LDA with a polynomial of degree 2 is LDA of the monomials up to degree 2") {
  const Dataset iris = read_dataset("iris");
  const Matrix X = iris.X.leftCols(2);
  Matrix monomials(X.rows(), 5);
  monomials << X, X.cwiseAbs2(), X.col(0).cwiseProduct(X.col(1));
  const Lesson kernel = learned("lda", {{"kernel", "polynomial"}, {"degree", "2"}}, {.X = X, .y = iris.y});
  const Fit explicitly = lda::fit_lda({.X = monomials, .y = iris.y});
  const SquareMatrix D = row_distances(explicitly, monomials), E = row_distances(kernel.map(X, Threads()));
  CHECK((D - E).cwiseAbs().maxCoeff() <= 1e-6 * D.maxCoeff());
}

TEST_CASE("kernels: two rings and XOR, in which the means of classes are equal, are told apart by LDA with a kernel") {
  for (const bool xor_ : {false, true}) {
    const Dataset train = xor_ ? quadrants(200, 2) : rings(200, 2), test = xor_ ? quadrants(200, 3) : rings(200, 3);
    const auto share = [&](const std::vector<Setting>& settings) {
      const Lesson lesson = learned("lda", settings, {.X = train.X, .y = train.y});
      return accuracy(lesson, train.X, train.y, test.X, test.y);
    };
    CHECK(share({}) < 0.8);
    CHECK(share({{"kernel", "polynomial"}, {"degree", "2"}}) >= 0.95);
    CHECK(share({{"kernel", "rbf"}, {"landmarks", "40"}}) >= 0.95);
    CHECK(share({{"kernel", "laplace"}, {"landmarks", "40"}}) >= 0.9);
  }
}

TEST_CASE("kernels: every learner has them, and ends in a network over the raw features") {
  const Dataset iris = read_dataset("iris");
  Pairs pairs;
  Random random(4);
  for (int p = 0; p < 200; ++p) {
    const Index i = random.below(150), j = random.below(150);
    const bool similar = iris.y[static_cast<std::size_t>(i)] == iris.y[static_cast<std::size_t>(j)];
    if (i != j) pairs.push_back({i, j, similar});
  }
  for (const std::string& name : learner_names()) {
    CAPTURE(name);
    const From from = make_learner(name)->from();
    Samples samples{.X = iris.X, .y = iris.y};
    if (from == From::pairs) samples.pairs = pairs;
    if (from == From::target) samples.target = iris.X.col(3);
    std::vector<Setting> settings{{"kernel", "rbf"}, {"landmarks", "20"}, {"standardize", "true"}, {"pca", "5"}};
    if (name == "siamese" || name == "triplet") settings.insert(settings.end(), {{"epochs", "3"}, {"layers", "4"}});
    const Lesson lesson = learned(name, settings, samples);
    const Matrix Z = lesson.map(iris.X, Threads());
    CHECK(Z.allFinite());
    CHECK(row_distances(Z).maxCoeff() > 0);
    if (from == From::nothing) continue;
    CHECK(network_of(lesson).dims() == 4);
    CHECK(network_of(lesson).kernel()->count() == 20);
    CHECK(lesson.fit.center.size() == 0);
  }
}

TEST_CASE("kernels: with the degree 1 every learner finds what it finds without a kernel") {
  const Dataset wine = read_dataset("wine");
  for (const std::string name : {"cov", "pca", "lda", "euclidean"}) {
    CAPTURE(name);
    const Samples samples{.X = wine.X, .y = wine.y};
    const std::vector<Setting> kernel{
        {"standardize", "true"}, {"kernel", "polynomial"}, {"degree", "1"}, {"bandwidth", "1"}};
    const SquareMatrix D = row_distances(learned(name, {kernel.front()}, samples).map(wine.X, Threads()));
    const SquareMatrix E = row_distances(learned(name, kernel, samples).map(wine.X, Threads()));
    CHECK((D - E).cwiseAbs().maxCoeff() <= 1e-9 * D.maxCoeff());
  }
}
