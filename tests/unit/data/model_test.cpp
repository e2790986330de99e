#include "data/model.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"

using namespace maha;

TEST_CASE("a learner's report goes where it belongs") {
  Model model;
  model.take(Report()
                 .set("objective", 2.5)
                 .set("gap", 0)
                 .set("rank", 3)
                 .set("iterations", 12)
                 .set("converged", true)
                 .set("bound", "none"));
  CHECK(model.objective == 2.5);
  CHECK(model.gap == 0.0);
  CHECK(model.iterations == 12);
  CHECK(model.converged == true);
  CHECK_FALSE(model.bound.has_value());
  REQUIRE(model.other.entries().size() == 2);
  CHECK(model.other.entries()[0].first == "rank");
  CHECK(model.other.entries()[1].first == "bound");
}

TEST_CASE("rows are mapped relative to the center, if there is one") {
  Model model;
  model.metric = Metric::from_weights((Vector(2) << 4, 9).finished());
  const Matrix X = (Matrix(2, 2) << 1, 2, 3, 4).finished();
  CHECK(model.transform(X) == (Matrix(2, 2) << 2, 6, 6, 12).finished());
  model.center = (Vector(2) << 1, 2).finished();
  CHECK(model.transform(X) == (Matrix(2, 2) << 0, 0, 4, 6).finished());
  CHECK_THROWS_AS(model.transform(Matrix::Zero(1, 3)), InputError);
}

TEST_CASE("a network maps rows as they are, and has no matrix") {
  Model model;
  CHECK(model.linear().dims() == 0);
  model.metric = Network({{Matrix::Ones(1, 2), Vector::Ones(1), Activation::relu}});
  model.center = Vector::Ones(2);
  CHECK(model.dims() == 2);
  CHECK(model.rank() == 1);
  CHECK(model.transform((Matrix(2, 2) << 1, 2, -3, 1).finished()) == (Matrix(2, 1) << 4, 0).finished());
  CHECK_THROWS_WITH_AS(model.linear(), "the model is a network, which has no matrix M", InputError);
}

TEST_CASE("features go by name, or by number from 1") {
  Model model;
  model.metric = Metric::euclidean(2);
  CHECK(model.feature_name(1) == "2");
  model.features = {"a", "b"};
  CHECK(model.feature_name(1) == "b");
}
