#include "metric/network/network.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <numeric>

#include "core/error.hpp"
#include "core/random.hpp"
#include "metric/metric.hpp"
#include "unit/random_rows.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::metric;
using maha::test::random_rows;

namespace {

Layer random_layer(Index out, Index in, Activation activation, std::uint64_t seed) {
  return {test::random_rows(out, in, seed), test::random_rows(out, 1, seed + 100), activation};
}

/// f(x), entry by entry.
Vector slowly(const Network& network, const RowVector& x) {
  Vector z = x.transpose();
  for (const Layer& layer : network.layers()) {
    Vector next(layer.weights.rows());
    for (Index i = 0; i < next.size(); ++i) {
      next(i) = layer.bias(i);
      for (Index j = 0; j < z.size(); ++j) next(i) += layer.weights(i, j) * z(j);
      if (layer.activation == Activation::relu && next(i) < 0) next(i) = 0;
    }
    z = next;
  }
  if (network.normalize() && z.norm() > 0) z /= z.norm();
  return z;
}

std::string layers_complaint(const std::vector<Layer>& layers) {
  return test::refusal<InputError>([&] { Network network(layers); });
}

}  // namespace

TEST_CASE("network: f of a row is what its layers say, one after another") {
  const std::vector<Layer> layers{random_layer(7, 5, Activation::relu, 1), random_layer(4, 7, Activation::relu, 2),
                                  random_layer(3, 4, Activation::linear, 3)};
  const Matrix X = test::random_rows(150, 5, 4);
  for (const bool normalize : {false, true}) {
    const Network network(layers, normalize);
    CHECK(network.dims() == 5);
    CHECK(network.rank() == 3);
    const Matrix F = network.transform(X);
    double worst = 0;
    for (Index i = 0; i < X.rows(); ++i) {
      worst = std::max(worst, (F.row(i).transpose() - slowly(network, X.row(i))).norm());
    }
    CHECK(worst < 1e-14);
  }
}

TEST_CASE("network: one linear layer has the distances of its weights as a factor") {
  const Layer layer = random_layer(3, 6, Activation::linear, 5);
  const Matrix X = test::random_rows(40, 6, 6);
  const Matrix F = Network({layer}).transform(X), Z = Metric::from_factor(layer.weights).transform(X);
  CHECK(((F.rowwise() - F.row(0)) - (Z.rowwise() - Z.row(0))).norm() < 1e-13);
}

TEST_CASE("network: normalised rows have length 1, what is mapped to 0 stays there") {
  const Network network({{Matrix::Identity(2, 2), Vector::Zero(2), Activation::relu}}, true);
  Matrix X(3, 2);
  X << 3, 4, -1, -1, -1, 1e-200;
  const Matrix F = network.transform(X);
  CHECK(F.row(0).isApprox(RowVector{{0.6, 0.8}}));
  CHECK(F.row(1) == RowVector::Zero(2));
  CHECK(F.allFinite());
}

TEST_CASE("network: a row's image depends on the row alone: not on its place, its neighbours or the threads") {
  for (const Index width : {1, 3, 30}) {
    const Network network(
        {random_layer(width, 9, Activation::relu, 7), random_layer(width + 1, width, Activation::linear, 8)}, true);
    const Matrix X = test::random_rows(301, 9, 9);
    const Matrix F = network.transform(X, Threads(3));
    std::vector<Index> order(301);
    std::iota(order.begin(), order.end(), 0);
    Random(10).shuffle(order);
    const Matrix shuffled = network.transform(X(order, Eigen::all));
    Index changed = 0;
    for (Index i = 0; i < 301; ++i) {
      changed += shuffled.row(i) != F.row(order[static_cast<std::size_t>(i)]);
      changed += network.transform(X.row(i)) != F.row(i);
    }
    CHECK(changed == 0);
  }
}

TEST_CASE("network: an affine map in front goes into the first layer") {
  const Network network({random_layer(6, 3, Activation::relu, 11), random_layer(2, 6, Activation::linear, 12)}, true);
  const Matrix A = test::random_rows(3, 5, 13), X = test::random_rows(20, 5, 14);
  const Vector b = test::random_rows(3, 1, 15);
  const Matrix Z = (X * A.transpose()).rowwise() + b.transpose();
  CHECK((network.after(A, b).transform(X) - network.transform(Z)).norm() < 1e-13);
}

TEST_CASE("network: what does not fit is named") {
  CHECK(layers_complaint({}) == "a network without layers");
  const Layer first = random_layer(3, 2, Activation::relu, 1);
  CHECK(layers_complaint({first, random_layer(2, 4, Activation::linear, 2)}) ==
        "layer 2, weights has 4 columns, the layer before has 3 rows");
  Layer layer = first;
  layer.bias = Vector::Zero(2);
  CHECK(layers_complaint({layer}) == "layer 1, bias has 2 entries, weights has 3 rows");
  layer = first;
  layer.weights(2, 1) = std::numeric_limits<double>::quiet_NaN();
  CHECK(layers_complaint({layer}) == "layer 1, weights row 3, column 2 is nan, not a finite number");
  layer = first;
  layer.bias(1) = std::numeric_limits<double>::infinity();
  CHECK(layers_complaint({layer}) == "layer 1, bias entry 2 is inf, not a finite number");
  CHECK(layers_complaint({{Matrix(0, 2), Vector(0)}}) == "layer 1, weights has no entries");
  CHECK_THROWS_AS(Network({first}).transform(Matrix::Zero(2, 3)), InputError);
}

TEST_CASE("rows of any size are scaled to length 1") {
  for (const double unit : {0x1p600, 0x1p-600}) {
    Matrix Z = (Matrix(2, 2) << 3, 4, 0, 0).finished() * unit;
    const Vector norms = normalize_rows(Z);
    CHECK(norms(0) == 5 * unit);
    CHECK(Z == (Matrix(2, 2) << 0.6, 0.8, 0, 0).finished());
  }
}
