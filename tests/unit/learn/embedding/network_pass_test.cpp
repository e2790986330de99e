#include "learn/embedding/training/network_pass.hpp"

#include <doctest/doctest.h>

#include "unit/learn/embedding/network_check.hpp"

using namespace maha;
using namespace maha::learn::embedding;
using namespace maha::test;

namespace {

/// <G, f(X)>: its gradient with respect to f is G.
double inner(const Layers& layers, bool normalize, const Matrix& X, const Matrix& G) {
  return metric::Network(layers, normalize).transform(X).cwiseProduct(G).sum();
}

}  // namespace

TEST_CASE("network pass: forward is the network's transform") {
  const Layers layers = test::random_layers({5, 9, 7, 3}, 1);
  const Matrix X = test::random_matrix(150, 5, 2);
  for (const bool normalize : {false, true}) {
    NetworkPass pass;
    CHECK((pass.forward(layers, normalize, X, Threads()) - metric::Network(layers, normalize).transform(X)).norm() <
          1e-13);
  }
}

TEST_CASE("network pass: backward is the derivative, for every weight and bias of every layer") {
  for (const std::vector<Index>& widths : {std::vector<Index>{4, 3}, {4, 6, 2}, {3, 5, 6, 3}}) {
    for (const bool normalize : {false, true}) {
      CAPTURE(widths.size());
      CAPTURE(normalize);
      const Layers layers = test::random_layers(widths, 3);
      const Matrix X = test::random_matrix(70, widths.front(), 4), G = test::random_matrix(70, widths.back(), 5);
      NetworkPass pass;
      pass.forward(layers, normalize, X, Threads());
      const Layers gradient = pass.backward(layers, G, Threads());
      const double error =
          test::gradient_error(layers, gradient, [&](const Layers& at) { return inner(at, normalize, X, G); });
      CHECK(error < 1e-8);
    }
  }
}

TEST_CASE("network pass: a row that is mapped to 0 has no gradient through the normalisation") {
  const Layers layers{{Matrix::Identity(2, 2), Vector::Zero(2), metric::Activation::relu}};
  const Matrix X = (Matrix(2, 2) << -1, -1, 3, 4).finished();
  NetworkPass pass;
  pass.forward(layers, true, X, Threads());
  const Layers gradient = pass.backward(layers, Matrix::Ones(2, 2), Threads());
  CHECK(gradient[0].weights.allFinite());
  // of row (3, 4) alone: f = (0.6, 0.8), delta = ((1, 1) - f 1.4) / 5
  CHECK(gradient[0].bias.isApprox(Vector{{(1 - 0.6 * 1.4) / 5, (1 - 0.8 * 1.4) / 5}}));
}

TEST_CASE("network pass: the same bits on any number of threads, batch after batch") {
  const Layers layers = test::random_layers({300, 40, 8}, 6);
  NetworkPass one, three;
  for (const Index rows : {200, 77, 200}) {
    const Matrix X = test::random_matrix(rows, 300, 7), G = test::random_matrix(rows, 8, 8);
    CHECK(one.forward(layers, true, X, Threads(1)) == three.forward(layers, true, X, Threads(3)));
    const Layers a = one.backward(layers, G, Threads(1)), b = three.backward(layers, G, Threads(3));
    for (std::size_t l = 0; l < a.size(); ++l) {
      CHECK(a[l].weights == b[l].weights);
      CHECK(a[l].bias == b[l].bias);
    }
  }
}
