#include "learn/ldml/ldml.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "core/error.hpp"
#include "learn/ldml/bias.hpp"
#include "learn/ldml/loss.hpp"
#include "prepare/draw/draw_pairs.hpp"
#include "unit/dataset.hpp"
#include "unit/learn/convex/convex_check.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/learn/row_distances.hpp"
#include "unit/learn/two_kinds_of_pairs.hpp"
#include "unit/long_case.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::learn;

namespace {

ldml::LdmlOptions ldml_options(double ridge, double tolerance = 1e-3) {
  ldml::LdmlOptions options;
  options.ridge = ridge;
  options.tolerance = tolerance;
  return options;
}

Fit ldml_of(const Matrix& X, const Labels& y, const ldml::LdmlOptions& options = {}, const Run& run = {}) {
  return ldml::fit_ldml({.X = X, .y = y}, options, run);
}

Fit ldml_of_pairs(const RowsAndPairs& e, const ldml::LdmlOptions& options = {}) {
  return ldml::fit_ldml({.X = e.X, .pairs = e.pairs}, options);
}

Pairs pairs_by_label(const Labels& y) {
  Pairs pairs;
  prepare::for_each_pair(y, [&](const Pair& pair) { pairs.push_back(pair); });
  return pairs;
}

/// The mean loss of the pairs at b.
double plain_ldml_at(const Matrix& X, const Pairs& pairs, const SquareMatrix& M, double b) {
  double sum = 0;
  for (const Pair& pair : pairs) {
    const double x = test::squared_distance_under(M, X.row(pair.i), X.row(pair.j)) - b;
    sum += std::log1p(std::exp(-std::abs(x))) + std::max(0.0, pair.similar ? x : -x);
  }
  return sum / static_cast<double>(pairs.size());
}

/// The same at the best b, by golden sections.
double plain_ldml(const Matrix& X, const Pairs& pairs, const SquareMatrix& M) {
  constexpr double kGolden = 0.6180339887498949;
  double low = -100, high = 1000;
  for (int k = 0; k < 100; ++k) {
    const double a = high - kGolden * (high - low), b = low + kGolden * (high - low);
    (plain_ldml_at(X, pairs, M, a) < plain_ldml_at(X, pairs, M, b) ? high : low) =
        plain_ldml_at(X, pairs, M, a) < plain_ldml_at(X, pairs, M, b) ? b : a;
  }
  return plain_ldml_at(X, pairs, M, (low + high) / 2);
}

/// Rows of three classes that overlap, and one alone.
struct ThreeKinds {
  Matrix Z;
  Labels y{0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3};
  Pairs pairs = pairs_by_label(y);

  ThreeKinds() {
    Matrix X = test::random_rows(12, 2, 3);
    for (Index i = 0; i < 12; ++i) X(i, 0) += 0.7 * y[static_cast<std::size_t>(i)];
    X.row(3) = X.row(8);
    Z = prepare::whiten_rows(X).Z;
  }
};

}  // namespace

TEST_CASE("ldml: the loss and its gradient are those of the definition at the best b, and it is convex") {
  const ThreeKinds rows;
  const test::PlainLoss plain = [&](const Matrix& Z, const SquareMatrix& N) { return plain_ldml(Z, rows.pairs, N); };
  const auto listed = ldml::make_loss(rows.Z, rows.pairs), labelled = ldml::make_loss(rows.Z, rows.y);
  for (const auto& loss : {listed.get(), labelled.get()}) {
    test::check_loss(*loss, rows.Z, plain);
    test::check_convex(plain, *loss, rows.Z);
  }
}

TEST_CASE("ldml: multipliers shrunk to t of themselves have the entropy of (t s, 1 - t s)") {
  const ThreeKinds rows;
  const SquareMatrix N = test::random_psd(2, 2, 5);
  const auto loss = ldml::make_loss(rows.Z, rows.y);
  const double shrunk = test::evaluation_at(*loss, rows.Z, N).shrunk;
  Report extras;
  const Matrix L = linalg::cholesky(N)->L.transpose();
  loss->report(rows.Z * L.transpose(), Threads(), extras);
  const double b = std::get<double>(*extras.find("bias"));
  double sum = 0;
  for (const Pair& pair : rows.pairs) {
    const double x = test::squared_distance_under(N, rows.Z.row(pair.i), rows.Z.row(pair.j)) - b;
    const double s = convex::kShrunk / (1 + std::exp(pair.similar ? -x : x));
    sum -= s * std::log(s) + (1 - s) * std::log(1 - s);
  }
  CHECK(shrunk == doctest::Approx(sum / static_cast<double>(rows.pairs.size())).epsilon(1e-11));
}

TEST_CASE("ldml: the optimum of another solver lies between the bound and the objective" * test::long_if_sanitized()) {
  const ThreeKinds rows;
  const test::PlainLoss plain = [&](const Matrix& Z, const SquareMatrix& N) { return plain_ldml(Z, rows.pairs, N); };
  for (const double ridge : {0.003, 0.05}) {
    CAPTURE(ridge);
    const auto loss = ldml::make_loss(rows.Z, rows.y);
    test::check_bounds(*loss, rows.Z, plain, ridge);
    const double optimum = test::plain_optimum(plain, rows.Z, ridge);
    for (const double tolerance : {1e-2, 1e-7}) {
      const Fit fit = ldml_of(rows.Z, rows.y, ldml_options(ridge, tolerance));
      CHECK(converged(fit));
      CHECK(number(fit, "bound") <= optimum * (1 + 1e-9));
      CHECK(number(fit, "objective") >= optimum * (1 - 1e-5));  // as far as differences find it
      CHECK(number(fit, "objective") <= optimum * (1 + tolerance + 1e-6));
    }
  }
}

TEST_CASE("ldml: the best b is where the chances add up to the number of similar pairs, from any start") {
  for (const double start : {-1e6, -3.0, 0.0, 700.0, 1e9}) {
    CAPTURE(start);
    // Similar at 1 and 2, dissimilar at 2, 3 and 900.
    const auto at = [](double b) {
      ldml::Slope sum;
      for (const double d : {1.0, 2.0, 2.0, 3.0, 900.0}) {
        const double s = 1 / (1 + std::exp(d - b));
        sum.slope += s;
        sum.curvature += s * (1 - s);
      }
      sum.slope -= 2;
      return sum;
    };
    const double b = ldml::find_least(at, start, 1e-13);
    CHECK(std::abs(at(b).slope) <= 1e-12);
  }
  // A slope that is never as small as asked for: the nearest number.
  const double root = ldml::find_least([](double b) { return ldml::Slope{b < 0.3 ? -1.0 : 1.0, 0}; }, 5, 0.1);
  CHECK(root == doctest::Approx(0.3).epsilon(1e-14));
}

TEST_CASE("ldml: from labels it is what it is from all pairs, and the objective is that of the metric itself" *
          test::long_if_sanitized()) {
  const Dataset iris = read_dataset("iris");
  const ldml::LdmlOptions options = ldml_options(0.01, 1e-8);
  const Fit labels = ldml_of(iris.X, iris.y, options);
  const Fit listed = ldml_of_pairs({iris.X, pairs_by_label(iris.y)}, options);
  CHECK(converged(labels));
  CHECK(converged(listed));
  for (const char* key : {"objective", "loss", "bias"})
    CHECK(number(labels, key) == doctest::Approx(number(listed, key)).epsilon(1e-4));
  CHECK(number(labels, "similar") == 3675);
  CHECK(number(listed, "dissimilar") == 7500);
  const SquareMatrix M = labels.linear().matrix();
  const double loss = plain_ldml_at(iris.X, pairs_by_label(iris.y), M, number(labels, "bias"));
  CHECK(number(labels, "loss") == doctest::Approx(loss).epsilon(1e-9));
  CHECK(number(labels, "objective") == doctest::Approx(loss + 0.01 * test::plain_spread(iris.X, M)).epsilon(1e-9));
}

TEST_CASE("ldml: linear maps, units, the order of pairs and rows in no pair do not change it") {
  RowsAndPairs e = test::two_kinds_of_pairs(50, 4, 150, 3);
  const ldml::LdmlOptions options = ldml_options(0.1, 1e-8);
  const Fit plain = ldml_of_pairs(e, options);
  CHECK(converged(plain));
  const auto same = [&](const RowsAndPairs& other) {
    const Fit fit = ldml_of_pairs(other, options);
    CHECK(converged(fit));
    CHECK(number(fit, "objective") == doctest::Approx(number(plain, "objective")).epsilon(1e-7));
  };
  same({(e.X * test::random_rows(4, 4, 4)).array() + 10, e.pairs});
  same({e.X * 1e150, e.pairs});
  same({e.X * 0x1p-500, e.pairs});
  same({e.X, Pairs(e.pairs.rbegin(), e.pairs.rend())});
  RowsAndPairs more = e;
  more.X.conservativeResize(51, Eigen::NoChange);
  more.X.row(50).setConstant(1e6);
  same(more);
  const Dataset wine = read_dataset("wine");
  const Fit one = ldml_of(wine.X, wine.y), three = ldml_of(wine.X, wine.y, {}, {.threads = Threads(3), .progress = {}});
  CHECK(one.linear().factor() == three.linear().factor());
}

TEST_CASE("ldml: where nothing can be told apart M = 0, and b is the log of the odds") {
  const Fit equal = ldml_of(Matrix::Constant(4, 2, 0.1), {0, 0, 0, 1});
  CHECK(equal.linear().rank() == 0);
  CHECK(converged(equal));
  CHECK(number(equal, "bias") == doctest::Approx(0).epsilon(1e-9));  // three pairs of either kind
  CHECK(number(equal, "objective") == doctest::Approx(std::log(2.0)).epsilon(1e-12));
  const Fit contrary = ldml_of_pairs({Matrix{{0.0}, {1.0}}, {{0, 1, true}, {0, 1, false}, {0, 1, false}}});
  CHECK(contrary.linear().rank() == 0);
  CHECK(number(contrary, "bias") == doctest::Approx(-std::log(2.0)).epsilon(1e-6));
  const Fit wide = ldml_of(test::random_rows(12, 40, 7), {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2});
  CHECK(converged(wide));
}

TEST_CASE("ldml: what there is nothing to learn from is refused") {
  const Matrix X = test::random_rows(3, 2, 8);
  CHECK(test::refusal<InputError>([&] { ldml_of(X, {0, 1, 2}); }) == "no class has more than one row");
  CHECK(test::refusal<InputError>([&] { ldml_of(X, {1, 1, 1}); }) == "all 3 rows are of one class");
  CHECK(test::refusal<InputError>([&] { ldml_of_pairs({X, {{0, 1, true}}}); }) == "there is no dissimilar pair");
  CHECK_THROWS_AS(ldml_of(X, {0, 0, 1}, ldml_options(0)), UsageError);
}
