#include "learn/embedding/training/adam.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "unit/learn/embedding/network_check.hpp"

using namespace maha;
using namespace maha::learn::embedding;
using namespace maha::test;

TEST_CASE("Adam: three steps of one weight, worked by hand") {
  Layers layers{{Matrix::Constant(1, 1, 2.0), Vector::Zero(1), metric::Activation::linear}};
  Adam adam(0.1);
  double w = 2, m = 0, v = 0;
  for (int t = 1; t <= 3; ++t) {
    const double g = 0.5 * t - 1.2;
    Layers gradient = layers;
    gradient[0].weights(0, 0) = g;
    gradient[0].bias(0) = 0;
    adam.step(layers, gradient, 0.01, Threads());
    m = 0.9 * m + 0.1 * g;
    v = 0.999 * v + 0.001 * g * g;
    w -= 0.01 * (m / (1 - std::pow(0.9, t)) / (std::sqrt(v / (1 - std::pow(0.999, t))) + 1e-8) + 0.1 * w);
    CHECK(layers[0].weights(0, 0) == doctest::Approx(w).epsilon(1e-12));
    CHECK(layers[0].bias(0) == 0);
  }
}

TEST_CASE("Adam: the first step has the size of the rate, whatever the gradient's; biases do not decay") {
  Layers layers = test::random_layers({30, 20}, 1);
  const Layers before = layers;
  Layers gradient = test::random_layers({30, 20}, 2);
  gradient[0].weights *= 1e6;
  Adam adam(0);
  adam.step(layers, gradient, 0.25, Threads());
  CHECK(((layers[0].weights - before[0].weights).cwiseAbs().array() - 0.25).abs().maxCoeff() < 1e-6);
  Adam decaying(0.5);
  layers = before;
  gradient[0].weights.setZero();
  gradient[0].bias.setZero();
  decaying.step(layers, gradient, 0.1, Threads());
  CHECK(layers[0].weights.isApprox(0.95 * before[0].weights));
  CHECK(layers[0].bias == before[0].bias);
}

TEST_CASE("Adam: finds the minimum of a quadratic") {
  const Layers target = test::random_layers({6, 4}, 3);
  Layers layers = test::random_layers({6, 4}, 4);
  Adam adam(0);
  for (int t = 0; t < 4000; ++t) {
    Layers gradient = layers;
    gradient[0].weights -= target[0].weights;
    gradient[0].bias -= target[0].bias;
    adam.step(layers, gradient, t < 3000 ? 0.01 : 0.0001, Threads());
  }
  CHECK((layers[0].weights - target[0].weights).norm() < 1e-3);
  CHECK((layers[0].bias - target[0].bias).norm() < 1e-3);
}

TEST_CASE("Adam: the same bits on any number of threads") {
  Layers a = test::random_layers({500, 90}, 5), b = a;
  Adam one(0.01), three(0.01);
  for (std::uint64_t t = 0; t < 3; ++t) {
    const Layers gradient = test::random_layers({500, 90}, 6 + t);
    one.step(a, gradient, 0.1, Threads(1));
    three.step(b, gradient, 0.1, Threads(3));
  }
  CHECK(a[0].weights == b[0].weights);
  CHECK(a[0].bias == b[0].bias);
}
