#include "data/model/model_summary.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"

using namespace maha;
using namespace maha::data;

namespace {

double number(const Report& report, const char* key) { return std::get<double>(*report.find(key)); }

Model named(const metric::Metric& metric, std::vector<std::string> features) {
  Model model;
  model.metric = metric;
  model.features = std::move(features);
  return model;
}

}  // namespace

TEST_CASE("a summary says how a model was made, its rank, spectrum and condition") {
  Model model = named(metric::Metric::from_weights((Vector(3) << 1, 8, 0).finished()), {"a", "b", "c"});
  model.algorithm = "lmnn";
  model.parameters.set("neighbors", 3);
  model.other.set("rank", 2).set("active", 7);
  const Report report = summarize(model);
  CHECK(std::get<std::string>(*report.find("metric")) == "M, 3 x 3");
  CHECK(std::get<std::int64_t>(*report.find("rank")) == 2);
  CHECK(number(report, "condition") == 8);
  CHECK(std::get<std::string>(*report.find("heaviest")) == "b 8, a 1");
  CHECK(std::get<std::int64_t>(*report.find("parameters.neighbors")) == 3);
  CHECK(std::get<std::int64_t>(*report.find("active")) == 7);
  model.metric = metric::Metric::from_matrix(SquareMatrix::Zero(3, 3));
  CHECK(summarize(model).find("condition") == nullptr);
}

TEST_CASE("a summary of a network tells its widths; what needs M is refused") {
  Model model;
  model.metric = metric::Network({{Matrix::Ones(3, 2), Vector::Ones(3), metric::Activation::relu},
                                  {Matrix::Ones(4, 3), Vector::Ones(4), metric::Activation::linear}},
                                 true);
  CHECK(std::get<std::string>(*summarize(model).find("metric")) == "layers, 2 - 3 - 4, normalized");
  CHECK(std::get<std::int64_t>(*soundness(model).find("rank")) == 4);
  CHECK(summarize(model).find("eigenvalues") == nullptr);
  CHECK_THROWS_AS(spectrum_report(model), InputError);
  CHECK_THROWS_AS(weights_report(model), InputError);
  CHECK_THROWS_AS(compare_models(model, model), InputError);
}

TEST_CASE("models are compared feature by feature, found by name") {
  const SquareMatrix M = (SquareMatrix(2, 2) << 2, 0.5, 0.5, 1).finished();
  const SquareMatrix swapped = (SquareMatrix(2, 2) << 1, 0.5, 0.5, 2).finished();
  const Model a = named(metric::Metric::from_matrix(M), {"a", "b"});
  for (const metric::Metric& metric : {metric::Metric::from_matrix(swapped),
                                       metric::Metric::from_factor(metric::Metric::from_matrix(swapped).factor())}) {
    CHECK(number(compare_models(a, named(metric, {"b", "a"})), "angle") <= 1e-7);
    CHECK(number(compare_models(a, named(metric, {"a", "b"})), "angle") > 1);
    CHECK(number(compare_models(a, named(metric, {})), "angle") > 1);
  }
  const Model weights = named(metric::Metric::from_weights((Vector(2) << 3, 1).finished()), {"b", "a"});
  CHECK(number(compare_models(named(metric::Metric::from_weights((Vector(2) << 1, 3).finished()), {"a", "b"}), weights),
               "angle") == 0);
  CHECK_THROWS_AS(compare_models(a, named(metric::Metric::euclidean(2), {"a", "c"})), InputError);
  CHECK_THROWS_AS(compare_models(a, named(metric::Metric::euclidean(3), {"a", "b", "c"})), InputError);
  CHECK_THROWS_AS(compare_models(a, named(metric::Metric::euclidean(3), {})), InputError);
}
