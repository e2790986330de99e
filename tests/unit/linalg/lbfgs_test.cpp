#include "linalg/lbfgs.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace maha;
using namespace maha::linalg;

TEST_CASE("L-BFGS finds the minimum of Rosenbrock's valley") {
  const auto rosenbrock = [](const Vector& x, Vector& g) {
    const double a = 1 - x[0], b = x[1] - x[0] * x[0];
    g << -2 * a - 400 * x[0] * b, 200 * b;
    return a * a + 100 * b * b;
  };
  int iterations = 0;
  const Vector x = minimize_lbfgs(rosenbrock, Vector{{-1.2, 1.0}}, {}, [&](int k, double, const Vector&) {
    iterations = k;
    return true;
  });
  CHECK((x - Vector{{1.0, 1.0}}).norm() < 1e-9);
  CHECK(iterations < 60);
}

TEST_CASE("L-BFGS stays in the domain of log x, whose edge is infinite") {
  const auto barrier = [](const Vector& x, Vector& g) {  // minimum at x = 1/100
    if (x[0] <= 0) return std::numeric_limits<double>::infinity();
    g[0] = 100 - 1 / x[0];
    return 100 * x[0] - std::log(x[0]);
  };
  CHECK(minimize_lbfgs(barrier, Vector{{5.0}})[0] == doctest::Approx(0.01).epsilon(1e-9));
}

TEST_CASE("L-BFGS stops when told to, after as many iterations as allowed, and at a minimum") {
  const auto bowl = [](const Vector& x, Vector& g) {
    g = x.cwiseProduct(Vector::LinSpaced(x.size(), 1, 100));
    return g.dot(x) / 2;
  };
  int iterations = 0;
  const auto until = [&](int last) {
    return [&iterations, last](int k, double, const Vector&) {
      iterations = k;
      return k < last;
    };
  };
  minimize_lbfgs(bowl, Vector::Ones(20), {}, until(3));
  CHECK(iterations == 3);
  minimize_lbfgs(bowl, Vector::Ones(20), {.max_iterations = 4}, until(1000));
  CHECK(iterations == 4);
  iterations = 0;
  CHECK(minimize_lbfgs(bowl, Vector::Zero(20), {}, until(1000)).isZero());
  CHECK(iterations == 0);
}

TEST_CASE("L-BFGS over x >= 0 ends in the point where the gradient is 0 or leads below 0, with exact zeros") {
  // 1/2 (x - c)'A(x - c) + l sum x, A of condition 1e4: the optimum meets the conditions of Karush, Kuhn and Tucker.
  constexpr Index d = 12;
  SquareMatrix A = SquareMatrix::Constant(d, d, 0.3);
  for (Index k = 0; k < d; ++k) A(k, k) += std::pow(10.0, 4.0 * static_cast<double>(k) / (d - 1) - 2);
  const Vector c = Vector::LinSpaced(d, -1, 2);
  const auto f = [&](const Vector& x, Vector& g) {
    g = A * (x - c);
    const double value = g.dot(x - c) / 2 + 0.05 * x.sum();
    g.array() += 0.05;
    return value;
  };
  const Vector x = minimize_lbfgs_nonnegative(f, Vector::Ones(d), {.tolerance = 1e-9});
  Vector g(d);
  f(x, g);
  CHECK(x.minCoeff() == 0);
  CHECK(x.maxCoeff() > 0);
  for (Index k = 0; k < d; ++k) CHECK((x[k] > 0 ? std::abs(g[k]) <= 1e-8 : g[k] >= 0));
  CHECK(projected_gradient(x, g).cwiseAbs().maxCoeff() <= 1e-8);

  const Vector back = minimize_lbfgs_nonnegative(f, Vector::Zero(d), {.tolerance = 1e-9});  // leaves 0 where it should
  CHECK((back - x).norm() <= 1e-6);
}
