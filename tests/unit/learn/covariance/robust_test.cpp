#include <doctest/doctest.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "core/error.hpp"
#include "core/random.hpp"
#include "learn/covariance/covariance.hpp"
#include "learn/covariance/robust/factors.hpp"
#include "learn/covariance/robust/scale.hpp"
#include "learn/covariance/robust/search/search.hpp"
#include "learn/covariance/robust/search/starts.hpp"
#include "learn/features_error.hpp"
#include "learn/table.hpp"
#include "unit/apart.hpp"
#include "unit/covariance.hpp"
#include "unit/dataset.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/long_case.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::learn;
using namespace maha::learn::covariance;
using maha::test::apart;

namespace {

const Threads kOne;

/// Gaussian rows of independent features, by Box & Muller.
Matrix gaussian_rows(Index n, Index d, std::uint64_t seed) {
  Random random(seed);
  Matrix X(n, d);
  for (double& x : X.reshaped()) {
    x = std::sqrt(-2 * std::log(1 - random.uniform())) * std::cos(2 * M_PI * random.uniform());
  }
  return X;
}

/// Gaussian rows, of which the first `outliers` are far off in one direction.
Matrix contaminated_rows(Index n, Index outliers, Index d, double far, std::uint64_t seed) {
  Matrix X = gaussian_rows(n, d, seed);
  X.topRows(outliers).array() += far;
  return X;
}

CovarianceOptions robust_options() {
  CovarianceOptions options;
  options.robust = true;
  return options;
}

Fit fit_robustly(const Matrix& X, CovarianceOptions options = robust_options(), const Threads& threads = kOne,
                 const prepare::PreprocessingOptions& preprocessing = {}) {
  const NextRows once = [&, done = false](Matrix& rows, Labels&) mutable {
    rows = X;
    return !std::exchange(done, true);
  };
  return fit_covariance(once, preprocessing, options, {threads, {}, {}});
}

/// By definition.
double log_determinant(const Matrix& X, const Subset& rows) {
  return std::log(test::covariance(X(rows, Eigen::all)).determinant());
}

/// The least of all subsets of h rows.
double least_of_all(const Matrix& X, Index h) {
  std::vector<bool> chosen(static_cast<std::size_t>(X.rows()), false);
  std::fill(chosen.end() - h, chosen.end(), true);
  double least = HUGE_VAL;
  do {
    Subset rows;
    for (Index i = 0; i < X.rows(); ++i) {
      if (chosen[static_cast<std::size_t>(i)]) rows.push_back(i);
    }
    least = std::min(least, log_determinant(X, rows));
  } while (std::next_permutation(chosen.begin(), chosen.end()));
  return least;
}

/// The squared distances of all rows from the mean of some under their covariance, by its inverse.
Vector plain_distances(const Matrix& X, const Subset& rows) {
  const Matrix Y = X.rowwise() - X(rows, Eigen::all).colwise().mean();
  return (Y * test::covariance(X(rows, Eigen::all)).inverse()).cwiseProduct(Y).rowwise().sum();
}

/// Whether no row outside is nearer than one inside: a fixed point of C-steps.
bool is_fixed_point(const Matrix& X, const Subset& rows) {
  const Vector distances = plain_distances(X, rows);
  double outside = HUGE_VAL, inside = 0;
  for (Index i = 0; i < X.rows(); ++i) {
    const bool in = std::binary_search(rows.begin(), rows.end(), i);
    (in ? inside : outside) = in ? std::max(inside, distances(i)) : std::min(outside, distances(i));
  }
  return inside <= outside * (1 + 1e-9);
}

Matrix shuffled(const Matrix& X, std::uint64_t seed) {
  std::vector<Index> order(static_cast<std::size_t>(X.rows()));
  std::iota(order.begin(), order.end(), Index{0});
  Random(seed).shuffle(order);
  return X(order, Eigen::all);
}

}  // namespace

TEST_CASE("robust: the least determinant of all subsets is found in small data, with outliers or without") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    for (const Index outliers : {0, 3}) {
      const Matrix X = contaminated_rows(13, outliers, 2, 6, seed);
      const Index h = least_support(13, 2);
      const Concentrated found = least_determinant(X, h, 50, kOne);
      CHECK(found.shape.log_determinant == doctest::Approx(log_determinant(X, found.rows)).epsilon(1e-12));
      CHECK(found.shape.log_determinant == doctest::Approx(least_of_all(X, h)).epsilon(1e-12));
      CHECK(is_fixed_point(X, found.rows));
    }
  }
}

TEST_CASE("robust: for one feature the least of all subsets is found without random starts") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Matrix X = gaussian_rows(14, 1, seed);
    X.topRows(5).array() += 3;
    for (const Index h : {8, 10, 13}) {
      CHECK(least_determinant(X, h, 0, kOne).shape.log_determinant ==
            doctest::Approx(least_of_all(X, h)).epsilon(1e-12));
    }
  }
}

TEST_CASE("robust: the determinant falls with every C-step, until the rows are those nearest to their mean") {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const Matrix X = contaminated_rows(300, 60, 5, 4, seed);
    for (const Subset& start : random_starts(X, 160, 10, kOne)) {
      double last = HUGE_VAL;
      for (Index steps = 0; steps < 40; ++steps) {
        const Concentrated now = concentrate(X, start, steps, kOne);
        CHECK(now.shape.log_determinant == doctest::Approx(log_determinant(X, now.rows)).epsilon(1e-11));
        CHECK(now.shape.log_determinant <= last);
        last = now.shape.log_determinant;
      }
      const Concentrated end = concentrate(X, start, kOne);
      CHECK(end.shape.log_determinant == last);
      CHECK(is_fixed_point(X, end.rows));
    }
  }
}

TEST_CASE("robust: C-steps do the same under any invertible linear map") {
  const Matrix X = contaminated_rows(200, 50, 4, 5, 3);
  const SquareMatrix A = SquareMatrix(gaussian_rows(4, 4, 9)) + 3 * SquareMatrix::Identity(4, 4);
  Matrix moved = X * A;
  moved.rowwise() += RowVector::LinSpaced(4, -30, 50);
  for (const Subset& start : random_starts(X, 110, 5, kOne)) {
    CHECK(concentrate(X, start, kOne).rows == concentrate(moved, start, kOne).rows);
  }
}

TEST_CASE("robust: thousands of rows go by way of a sample, and end in a fixed point over all of them") {
  const Matrix X = contaminated_rows(12000, 4000, 3, 5, 2);
  const Index h = least_support(12000, 3);
  const Concentrated found = least_determinant(X, h, 0, kOne);
  CHECK(std::ssize(found.rows) == h);
  CHECK(is_fixed_point(X, found.rows));
  CHECK(found.rows.front() >= 4000);  // no outlier among them
}

TEST_CASE("robust: the bits depend neither on the order of the rows nor on threads") {
  const Matrix X = read_dataset("wine").X;
  const Fit first = fit_robustly(X);
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const Fit other = fit_robustly(shuffled(X, seed), robust_options(), Threads(static_cast<int>(seed)));
    CHECK(other.linear().matrix() == first.linear().matrix());
    CHECK(other.center == first.center);
    CHECK(other.extras.entries() == first.extras.entries());
  }
}

TEST_CASE("robust: units and offsets change nothing, nor does standardising") {
  const Matrix X = read_dataset("wine").X;
  const RowVector units = RowVector::LinSpaced(13, -30, 30).unaryExpr([](double e) { return std::exp2(e); });
  Matrix moved = X * units.asDiagonal();
  moved.rowwise() += 100 * units;
  const Fit plain = fit_robustly(X), other = fit_robustly(moved);
  CHECK(apart(units.asDiagonal() * other.linear().matrix() * units.asDiagonal(), plain.linear().matrix()) <= 1e-8);
  CHECK(number(other, "outliers") == number(plain, "outliers"));
  CHECK(number(other, "log_determinant") ==
        doctest::Approx(number(plain, "log_determinant") + 2 * units.array().log().sum()).epsilon(1e-9));
  const Fit scaled = fit_robustly(X, robust_options(), kOne, {prepare::Scale::zscore, 0});
  CHECK(apart(scaled.linear().matrix(), plain.linear().matrix()) <= 1e-9);
}

TEST_CASE(
    "robust: of contaminated Gaussian rows it finds center and covariance, where the classical ones are far off") {
  const Index n = 1000, d = 5;
  for (const Index outliers : {100, 300, 400}) {
    CAPTURE(outliers);
    const Matrix X = contaminated_rows(n, outliers, d, 10, 4);
    const Fit fit = fit_robustly(X), classical = fit_covariance(X, {});
    CHECK(fit.center.norm() <= 0.2);
    CHECK(classical.center.norm() >= 2);
    const SquareMatrix S = fit.linear().matrix().inverse();
    CHECK(apart(S, SquareMatrix::Identity(d, d)) <= 0.15);
    CHECK(apart(classical.linear().matrix().inverse(), SquareMatrix::Identity(d, d)) >= 5);
    CHECK(number(fit, "outliers") >= static_cast<double>(outliers));
    CHECK(number(fit, "outliers") <= static_cast<double>(outliers) + 0.05 * static_cast<double>(n - outliers));
    CHECK(number(fit, "rows") == n);
  }
}

TEST_CASE("robust: masked by each other under the classical distance, outliers stand out") {
  const Matrix X = contaminated_rows(100, 20, 3, 8, 5);
  const auto squares = [&](const Fit& fit) {
    return Vector(fit.linear().transform(X.rowwise() - fit.center).rowwise().squaredNorm());
  };
  const double cut = chi_squared_quantile(0.999, 3);
  CHECK((squares(fit_covariance(X, {})).head(20).array() > cut).count() == 0);
  CHECK((squares(fit_robustly(X)).head(20).array() > cut).count() == 20);
  CHECK((squares(fit_robustly(X)).tail(80).array() > cut).count() <= 2);
}

TEST_CASE("robust: quantiles and the consistency factor are those of closed forms") {
  for (const double p : {0.1, 0.5, 0.9, 0.975}) {
    CHECK(chi_squared_quantile(p, 2) == doctest::Approx(-2 * std::log(1 - p)).epsilon(1e-13));
    const double within = 1 - (1 - std::log(1 - p)) * (1 - p);  // P(chi2_4 <= that)
    CHECK(consistency_factor(p, 2) == doctest::Approx(p / within).epsilon(1e-13));
    CHECK(std::erf(gaussian_quantile(p) / std::sqrt(2.0)) == doctest::Approx(2 * p - 1).epsilon(1e-13));
  }
  CHECK(consistency_factor(1, 7) == 1);
  CHECK(gaussian_quantile(0.5) == 0);
}

TEST_CASE("robust: the factors for few rows make the determinant's root 1 on average" * test::long_if_sanitized()) {
  // Of a classical covariance, divisor n - 1, the mean of the d-th root would be about .96 here.
  struct Case {
    Index n, d;
    double support;
  };
  for (const Case& c : {Case{30, 2, 0.5}, {60, 4, 0.5}, {60, 4, 0.875}}) {
    CAPTURE(c.n);
    CAPTURE(c.support);
    double sum = 0;
    constexpr int kTimes = 150;
    for (int i = 0; i < kTimes; ++i) {
      CovarianceOptions options = robust_options();
      options.support = c.support;
      const SquareMatrix M =
          fit_robustly(gaussian_rows(c.n, c.d, 100 + static_cast<std::uint64_t>(i)), options).linear().matrix();
      sum += std::pow(M.determinant(), -1 / static_cast<double>(c.d)) / kTimes;
    }
    CHECK(sum == doctest::Approx(1).epsilon(0.1));
  }
  const SmallSampleFactors all = small_sample_factors(50, 3, 50), few = small_sample_factors(4, 2, 3);
  CHECK(all.raw == 1);
  CHECK(all.reweighted == 1);
  CHECK(few.reweighted == 4);  // where the fitted curve is negative
}

TEST_CASE("robust: how many rows the support has") {
  const Matrix X = gaussian_rows(50, 4, 6);
  const auto rows = [&](std::optional<double> support) {
    CovarianceOptions options = robust_options();
    options.support = support;
    return number(fit_robustly(X, options), "support_rows");
  };
  CHECK(rows({}) == 27);
  CHECK(rows(0.5) == 27);
  CHECK(rows(0.7) == 35);
  CHECK(rows(0.71) == 36);
  CHECK(rows(1.0) == 50);
}

TEST_CASE("robust: with all rows in the support, its determinant is that of the covariance") {
  const Matrix X = read_dataset("iris").X;
  CovarianceOptions options = robust_options();
  options.support = 1;
  CHECK(number(fit_robustly(X, options), "log_determinant") ==
        doctest::Approx(std::log(test::covariance(X).determinant())).epsilon(1e-12));
}

TEST_CASE("robust: where h rows lie on a hyperplane, the error says on which one") {
  Matrix X = gaussian_rows(100, 3, 7);
  for (Index i = 0; i < 60; ++i) X(i, 2) = 4 - 2 * X(i, 0) + 0.5 * X(i, 1);
  const auto text = [&](const Matrix& rows, const CovarianceOptions& options = robust_options()) {
    return test::refusal<FeaturesError>([&] { fit_robustly(rows, options); });
  };
  CHECK(text(shuffled(X, 1)) ==
        "60 of 100 rows have feature 3 + 2 * feature 1 - 0.5 * feature 2 = 4: the robust covariance, of 52 rows, "
        "would be singular, and all other rows infinitely far out; --drop one of these, or --support 0.61 takes rows "
        "beyond these");
  CovarianceOptions beyond = robust_options();
  beyond.support = 0.61;
  CHECK(text(X, beyond).empty());
  Matrix same = gaussian_rows(100, 3, 8);
  same.block(20, 1, 55, 1).setConstant(7.25);
  CHECK(text(same).starts_with("55 of 100 rows have feature 2 = 7.25: "));
  CHECK(text((100 * same).rowwise() + RowVector::Constant(3, 1e4))
            .starts_with("55 of 100 rows have feature 2 = 10725: "));
  same.topRows(80).rowwise() = RowVector::Constant(3, 1.5);
  CHECK(text(same).starts_with("80 of 100 rows have feature 1 = 1.5: "));
  Matrix one = gaussian_rows(20, 1, 9);
  one.topRows(15).setConstant(2);
  CHECK(text(one).starts_with("15 of 20 rows have feature 1 = 2: "));
  const FeaturesError named([](const FeaturesError::Name& name) { return name(0) + " is bad"; });
  CHECK(named.text([](Index) { return "ash"; }) == "ash is bad");
}

TEST_CASE("robust: a hyperplane among the features of a kernel is told in these, of which a file may have fewer") {
  const Matrix once = gaussian_rows(20, 2, 5);
  Samples samples{.X = once.replicate(2, 1), .y = Labels(40, 0)};
  const auto learner = make_learner("cov");
  learner->options().set({{"robust", "true"}, {"kernel", "rbf"}});
  const std::string text = test::refusal<InputError>([&] { learner->learn(samples, {}); });
  CHECK(doctest::String(text.c_str()) == doctest::Contains(" of 40 rows have component "));
  CHECK(doctest::String(text.c_str()) != doctest::Contains("feature"));
  CHECK_MESSAGE(text.ends_with("infinitely far out; --pca R or fewer --landmarks leave fewer components"), text);
}

TEST_CASE("robust: hyperplanes in any direction are found, by all orders of rows") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const Index d = 2 + static_cast<Index>(seed % 4);
    Matrix X = gaussian_rows(120, d, seed);
    X.topRows(75).col(0).setZero();
    const SquareMatrix A = gaussian_rows(d, d, seed + 50);
    const std::string text = test::refusal<FeaturesError>([&] { fit_robustly(shuffled(X * A, seed)); });
    CAPTURE(text);
    CHECK(text.starts_with("75 of 120 rows have "));
  }
}

TEST_CASE("robust: a dependence that holds for all rows is no exact fit: M is the pseudo-inverse, and says so") {
  const Matrix wine = read_dataset("wine").X;
  Matrix X(178, 16);
  X << wine, Vector::Constant(178, 3.3), wine.col(4), 2 * wine.col(1) - wine.col(6) * 0.125;
  const Fit fit = fit_robustly(X), plain = fit_robustly(wine);
  CHECK(number(fit, "rank") == 13);
  CHECK(fit.singularity->constant == std::vector<Index>{13});
  CHECK(fit.singularity->dependent == std::vector<Index>{1, 4, 6, 14, 15});
  CHECK(fit.extras.find("deviations") != nullptr);
  CHECK(fit.extras.find("log_determinant") == nullptr);
  CHECK(plain.extras.find("deviations") == nullptr);
  CHECK(fit.linear().matrix().row(13).norm() == 0);

  // rows far away are no dependence, whatever they do to the covariance of all
  Matrix far = gaussian_rows(60, 3, 3);
  far.topRows(2).leftCols(2).setConstant(1e12);
  CHECK(number(fit_robustly(far), "rank") == 3);
  CHECK(number(fit_covariance(far, {}), "rank") == 2);
}

TEST_CASE("robust: equal rows, one feature, and what cannot be fitted") {
  const Fit same = fit_robustly(Matrix::Constant(8, 2, 3));
  CHECK(number(same, "rank") == 0);
  CHECK(same.linear().matrix() == SquareMatrix::Zero(2, 2));
  CHECK(same.center == RowVector::Constant(2, 3));
  CHECK(number(same, "outliers") == 0);
  Matrix line = gaussian_rows(30, 1, 2);
  line.topRows(8).array() += 100;
  CHECK(std::abs(fit_robustly(line).center(0)) < 1);
  CHECK(number(fit_robustly(line), "outliers") == doctest::Approx(8).epsilon(0.2));

  const auto says = [](const Matrix& X) { return test::refusal<InputError>([&] { fit_robustly(X); }); };
  CHECK(says(Matrix(0, 2)) == "no rows");
  CHECK(
      says(gaussian_rows(5, 5, 1)) ==
      "--robust takes more rows than features, best five times as many; these are 5 rows of 5 features: --pca R makes "
      "the features fewer, or --shrinkage in place of --robust does with fewer rows");
  CHECK(says(gaussian_rows(6, 5, 1)).empty());
  CHECK(says(Matrix(1e200 * gaussian_rows(9, 2, 1))).find("overflow") != std::string::npos);
}

TEST_CASE("robust: with --pca it is that of the components") {
  const Matrix X = read_dataset("wdbc").X;
  const Fit fit = fit_robustly(X, robust_options(), kOne, {prepare::Scale::zscore, 4});
  CHECK(fit.linear().form() == metric::Metric::Form::factor);
  CHECK(number(fit, "rank") == 4);
  CHECK(number(fit, "support_rows") == 287);
  CHECK(fit.center.size() == 30);
  CHECK(fit.extras.find("deviations") == nullptr);
}

TEST_CASE("robust: options that have no sense with it, or none without it, are refused") {
  const auto refuses = [](auto&& spoil, bool robust) {
    CovarianceOptions options;
    options.robust = robust;
    spoil(options);
    CHECK_THROWS_AS(covariance::check(options), UsageError);
  };
  refuses([](auto& o) { o.within = true; }, true);
  refuses([](auto& o) { o.unbiased = true; }, true);
  refuses([](auto& o) { o.ridge = 0.1; }, true);
  refuses([](auto& o) { o.shrinkage = Shrinkage::oas; }, true);
  refuses([](auto& o) { o.support = 0.4; }, true);
  refuses([](auto& o) { o.starts = -1; }, true);
  refuses([](auto& o) { o.support = 0.7; }, false);
  refuses([](auto& o) { o.starts = 5; }, false);
}

TEST_CASE("robust: the tau scale is that of a Gaussian, moves with units, and is 0 only where h values are the same") {
  const Vector x = gaussian_rows(20000, 1, 11).col(0);
  const CenterAndScale found = tau_scale(x, 10001);
  CHECK(std::abs(found.center) <= 0.03);
  CHECK(found.scale == doctest::Approx(0.98).epsilon(0.02));  // it counts no value for more than three deviations
  const CenterAndScale moved = tau_scale(4 * x.array() + 8, 10001);
  CHECK(moved.scale == doctest::Approx(4 * found.scale).epsilon(1e-12));
  CHECK(moved.center == doctest::Approx(4 * found.center + 8).epsilon(1e-12));
  const Vector tied = (Vector(5) << 1, 2, 2, 2, 9).finished();
  CHECK(tau_scale(tied, 3).scale == 0);
  CHECK(tau_scale(tied, 3).center == 2);
  CHECK(tau_scale(tied, 4).scale > 0);
  CHECK(median((Vector(4) << 4, 1, 3, 2).finished()) == 2.5);
}
