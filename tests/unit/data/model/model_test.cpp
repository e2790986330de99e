#include "data/model/model.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"

using namespace maha;
using namespace maha::data;

TEST_CASE("rows are mapped relative to the center, if there is one") {
  Model model;
  model.metric = metric::Metric::from_weights((Vector(2) << 4, 9).finished());
  const Matrix X = (Matrix(2, 2) << 1, 2, 3, 4).finished();
  CHECK(model.transform(X) == (Matrix(2, 2) << 2, 6, 6, 12).finished());
  model.center = (Vector(2) << 1, 2).finished();
  CHECK(model.transform(X) == (Matrix(2, 2) << 0, 0, 4, 6).finished());
  CHECK_THROWS_AS(model.transform(Matrix::Zero(1, 3)), InputError);
}

TEST_CASE("a network maps rows as they are, and has no matrix") {
  Model model;
  CHECK(model.linear().dims() == 0);
  model.metric = metric::Network({{Matrix::Ones(1, 2), Vector::Ones(1), metric::Activation::relu}});
  model.center = Vector::Ones(2);
  CHECK(model.dims() == 2);
  CHECK(model.rank() == 1);
  CHECK(model.transform((Matrix(2, 2) << 1, 2, -3, 1).finished()) == (Matrix(2, 1) << 4, 0).finished());
  CHECK_THROWS_WITH_AS(model.linear(), "the model is a network, which has no matrix M", InputError);
}

TEST_CASE("features go by name, or by number from 1") {
  Model model;
  model.metric = metric::Metric::euclidean(2);
  CHECK(model.feature_name(1) == "2");
  model.features = {"a", "b"};
  CHECK(model.feature_name(1) == "b");
}

TEST_CASE("the features of a model can be put in another order, and the distances stay") {
  const Matrix X = (Matrix(2, 3) << 1, 2, 4, -3, 5, 0.5).finished();
  const Matrix Y = X(Eigen::all, std::vector<Index>{2, 0, 1});
  const Matrix L = (Matrix(2, 3) << 1, 2, 3, 0, 1, -1).finished();
  const metric::Layer hidden{L, Vector::Ones(2), metric::Activation::relu};
  const std::vector<std::variant<metric::Metric, metric::Network>> metrics{
      metric::Metric::from_factor(L), metric::Metric::from_matrix(L.transpose() * L),
      metric::Metric::from_weights((Vector(3) << 1, 2, 3).finished()), metric::Network({hidden}, true)};
  for (const auto& metric : metrics) {
    Model model;
    model.metric = metric;
    model.features = {"a", "b", "c"};
    model.center = (Vector(3) << 10, 20, 30).finished();
    model.fill = model.center;
    Model other = model;
    other.order_features({"c", "a", "b"}, 3);
    CHECK(other.features == std::vector<std::string>{"c", "a", "b"});
    CHECK(*other.center == (Vector(3) << 30, 10, 20).finished());
    CHECK(*other.fill == *other.center);
    const Matrix before = model.transform(X), after = other.transform(Y);
    CHECK((before.row(0) - before.row(1)).norm() == doctest::Approx((after.row(0) - after.row(1)).norm()));
    other.order_features({"a", "b", "c"}, 3);
    CHECK((other.transform(X) - before).norm() <= 1e-12);
  }
}

TEST_CASE("features by other names, or of another number, are no order of a model's") {
  Model model;
  model.metric = metric::Metric::euclidean(2);
  model.order_features({"x", "y"}, 2);  // its own have no names
  CHECK(model.features.empty());
  CHECK_THROWS_WITH_AS(model.order_features({}, 3), "is over 2 features, and not over 3", InputError);
  model.features = {"a", "b"};
  model.order_features({}, 2);
  CHECK_THROWS_WITH_AS(model.order_features({}, 1), "is over 2 features, and not over 1", InputError);
  CHECK_THROWS_WITH_AS(model.order_features({"a", "c"}, 2), "has no feature 'c'", InputError);
  CHECK_THROWS_WITH_AS(model.order_features({"b"}, 1), "has a feature 'a' too many", InputError);
  CHECK_THROWS_WITH_AS(model.order_features({"a", "b", "c"}, 3), "has no feature 'c'", InputError);
}
