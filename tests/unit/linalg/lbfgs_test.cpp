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
