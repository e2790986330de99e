#include "data/model/model_json.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <limits>

#include "core/error.hpp"
#include "core/random.hpp"
#include "unit/data/model/schema.hpp"
#include "unit/metric/squared_distance.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::data;

namespace {

/// A model's text around the value of "metric" and further keys.
std::string model_text(const std::string& metric, const std::string& more = "") {
  return R"({"format":"maha-model","version":1,"metric":)" + metric + (more.empty() ? "" : "," + more) + "}";
}

std::string complaint(const std::string& text) {
  return test::refusal<InputError>([&] { parse_model(text); });
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Model full_model(const metric::Metric& metric) {
  Model model;
  model.metric = metric;
  for (Index j = 0; j < metric.dims(); ++j) model.features.push_back("größe \"" + std::to_string(j) + "\"\t\\");
  model.label = "class";
  model.center = Vector::LinSpaced(metric.dims(), 1.0 / 3, 1e300);
  model.fill = -*model.center;
  model.threshold = 0.1 + 0.2;
  model.maha = "0.1.0";
  model.algorithm = "lmnn";
  model.parameters.set("neighbors", 3).set("push_weight", 0.5).set("small_classes", "drop").set("diagonal", false);
  model.preprocessing.set("scale", "zscore").set("pca", 2);
  model.seed = 7;
  model.objective = 1.0 / 7;
  model.bound = 5e-324;
  model.gap = 1e-4;
  model.iterations = 120;
  model.converged = true;
  model.rows = 10000000000;
  model.other.set("rank", 2).set("spectrum", std::vector<double>{1, 0.1, 0});
  return model;
}

Matrix random_matrix(Index rows, Index columns) {
  Random random(1);
  Matrix A(rows, columns);
  for (double& value : A.reshaped()) value = random.uniform() - 0.5;
  return A;
}

test::Schema schema() {
  std::ifstream file(MAHA_SOURCE_DIR "/docs/model.schema.json");
  return test::Schema(nlohmann::json::parse(file));
}

}  // namespace

TEST_CASE("a model written and read again is the same to the bit, and fits the schema") {
  const Matrix A = random_matrix(3, 3);
  for (const metric::Metric& metric :
       {metric::Metric::from_matrix(A.transpose() * A), metric::Metric::from_factor(random_matrix(2, 3)),
        metric::Metric::from_weights((Vector(3) << 1e-9, 2, 0).finished())}) {
    const Model model = full_model(metric);
    const std::string text = format_model(model);
    CHECK(schema().check(nlohmann::json::parse(text)) == "");
    const Model back = parse_model(text);
    CHECK(back.linear().matrix() == metric.matrix());
    if (metric.form() == metric::Metric::Form::factor) CHECK(back.linear().factor() == metric.factor());
    CHECK(back.features == model.features);
    CHECK(*back.center == *model.center);
    CHECK(*back.fill == *model.fill);
    CHECK(back.threshold == model.threshold);
    CHECK(back.objective == model.objective);
    CHECK(back.bound == model.bound);
    CHECK(back.rows == model.rows);
    CHECK(back.maha == model.maha);
    CHECK(back.parameters.entries() == model.parameters.entries());
    CHECK(back.other.find("rank") != nullptr);
    CHECK(format_model(back) == text);
  }
}

TEST_CASE("a network written and read again is the same to the bit, and fits the schema") {
  Model model = full_model(metric::Metric::euclidean(3));
  const metric::Layer hidden{random_matrix(4, 3), random_matrix(4, 1), metric::Activation::relu};
  const metric::Layer last{random_matrix(2, 4), random_matrix(2, 1), metric::Activation::linear};
  for (const bool normalize : {true, false}) {
    model.metric = metric::Network({hidden, last}, normalize);
    const std::string text = format_model(model);
    CHECK(schema().check(nlohmann::json::parse(text)) == "");
    const Model back = parse_model(text);
    REQUIRE(back.network() != nullptr);
    CHECK(back.network()->normalize() == normalize);
    CHECK(back.network()->layers()[0].weights == hidden.weights);
    CHECK(back.network()->layers()[0].activation == metric::Activation::relu);
    CHECK(back.network()->layers()[1].bias == last.bias);
    CHECK(back.network()->layers()[1].activation == metric::Activation::linear);
    CHECK(format_model(back) == text);
  }
  CHECK(contains(schema().check(nlohmann::json::parse(model_text(R"({"layers":[{"bias":[1]}]})"))), "layers.0"));
  CHECK(contains(
      schema().check(nlohmann::json::parse(model_text(R"({"layers":[{"weights":[[1]],"activation":"tanh"}]})"))),
      "layers.0.activation"));
}

TEST_CASE("a network by hand: no bias, no activation and no normalize are zeros, linear and none") {
  const Model model = parse_model(model_text(R"({"layers":[{"weights":[[1,2]]}]})"));
  CHECK(model.dims() == 2);
  CHECK(model.rank() == 1);
  CHECK(model.transform(RowVector{{3, -5}})(0, 0) == -7);
}

TEST_CASE("the weights of many features are written without the zeros of a matrix, of a few with them") {
  for (const Index d : {1000, 1001}) {
    Model model;
    model.metric = metric::Metric::from_weights(Vector::LinSpaced(d, 0, 1));
    const std::string text = format_model(model);
    CHECK((text.size() < 1u << 16) == (d > 1000));
    CHECK(contains(text, "\"weights\"") == (d > 1000));
    if (d > 1000) CHECK(schema().check(nlohmann::json::parse(text)) == "");
    const Model back = parse_model(text);
    CHECK(back.linear().diagonal() == model.linear().diagonal());
    CHECK(back.linear().form() == (d > 1000 ? metric::Metric::Form::weights : metric::Metric::Form::matrix));
  }
  CHECK(parse_model(model_text("{\"weights\":[2,0]}")).linear().matrix() == SquareMatrix{{2, 0}, {0, 0}});
}

TEST_CASE("a model is laid out for people: keys in order, a row of the metric per line") {
  Model model;
  model.metric = metric::Metric::from_matrix((SquareMatrix(2, 2) << 2, 0.5, 0.5, 1).finished());
  model.features = {"a", "b"};
  model.center = Vector::Ones(2);
  model.algorithm = "cov";
  model.parameters.set("ridge", 0.25);
  model.rows = 12;
  CHECK(format_model(model) == R"({
  "format": "maha-model",
  "version": 1,
  "metric": {
    "M": [
      [2, 0.5],
      [0.5, 1]
    ]
  },
  "features": ["a", "b"],
  "center": [1, 1],
  "algorithm": "cov",
  "parameters": {"ridge": 0.25},
  "rows": 12
}
)");
}

TEST_CASE("models by hand and by numpy are read") {
  CHECK(parse_model(model_text("{\"M\":[[2,0],[0,1]]}")).linear().matrix()(0, 0) == 2);
  CHECK(parse_model(model_text("{\"L\":[[1,2,3]]}")).dims() == 3);
  // inv and pinv of the covariance of three features of iris, in the second with the sepal width twice
  const Model inverse = parse_model(model_text(
      "{\"M\": [[9.125001642433665, -5.434164310395169, -4.306271133957446], [-5.434164310395169, 9.683357372178033, "
      "3.2465076737137357], [-4.306271133957446, 3.2465076737137357, 2.4252586228138973]]}"));
  const Model pseudo = parse_model(model_text(
      "{\"M\": [[9.125001642433654, -2.717082155197579, -4.306271133957441, -2.7170821551975823], [-2.717082155197582, "
      "2.420839343044508, 1.6232538368568674, 2.420839343044509], [-4.306271133957442, 1.6232538368568656, "
      "2.425258622813896, 1.6232538368568674], [-2.717082155197582, 2.420839343044508, 1.6232538368568674, "
      "2.420839343044509]]}"));
  CHECK(inverse.linear().rank() == 3);
  CHECK(pseudo.linear().rank() == 3);
  const RowVector v = (RowVector(4) << -1.2, 0.2, -4.6, 0.2).finished();
  CHECK(test::squared_distance(inverse.linear(), v.head(3), RowVector::Zero(3)) ==
        doctest::Approx(13.939400549199863).epsilon(1e-13));
  CHECK(test::squared_distance(pseudo.linear(), v, RowVector::Zero(4)) ==
        doctest::Approx(13.939400549199863).epsilon(1e-13));
}

TEST_CASE("what rounding did is noted") {
  std::vector<std::string> notes;
  parse_model(model_text("{\"M\":[[1,0.5],[0.500000001,1]]}"), &notes);
  CHECK(notes.size() == 1);
}

TEST_CASE("keys it does not know do not disturb") {
  const Model model = parse_model(
      model_text("{\"M\":[[1]]}", R"("author":"me","scores":[1,2.5],"nested":{"a":[{}]},"mixed":[1,"a"],"none":null)"));
  REQUIRE(model.other.entries().size() == 2);
  CHECK(std::get<std::string>(*model.other.find("author")) == "me");
  CHECK(std::get<std::vector<double>>(*model.other.find("scores")) == std::vector<double>{1, 2.5});
}

TEST_CASE("a hundred thousand keys are read, kept and written") {
  std::string more;
  for (int i = 0; i < 100000; ++i) more += (i > 0 ? ",\"key" : "\"key") + std::to_string(i) + "\":" + std::to_string(i);
  const Model model = parse_model(model_text("{\"M\":[[1]]}", more));
  CHECK(model.other.entries().size() == 100000);
  CHECK(std::get<std::int64_t>(*model.other.find("key99999")) == 99999);
  CHECK(parse_model(format_model(model)).other.entries() == model.other.entries());
}

TEST_CASE("a broken model names what is wrong, in one line") {
  struct Case {
    std::string text, complaint;
  };
  const std::string M = "{\"M\":[[1,0],[0,1]]}";
  const auto layers = [](const std::string& layer) { return model_text("{\"layers\":[{" + layer + "}]}"); };
  const std::vector<Case> cases = {
      {"", "not JSON: at line 1, column 1"},
      {"a,b\n1,2\n", "not JSON: at line 1, column 1"},
      {model_text("{\"M\":[[1,NaN],[0,1]]}"), "at line 1, column 54: NaN is no number of JSON"},
      {model_text("{\"M\":[[1,1e999],[0,1]]}"), "at line 1, column 54: the number 1e999 is out of range"},
      {"[1]", "the model is a list, not an object"},
      {"{}", "no \"format\""},
      {R"({"format":"x","version":1,"metric":{}})", "format is \"x\", not \"maha-model\""},
      {R"({"format":"maha-model","metric":{}})", "no \"version\""},
      {R"({"format":"maha-model","version":2,"metric":{}})", "version is 2, not 1"},
      {R"({"format":"maha-model","version":1})", "no \"metric\""},
      {model_text("[[1]]"), "metric is a list, not an object"},
      {model_text("{}"), "metric holds neither M nor L"},
      {model_text("{\"M\":[[1]],\"L\":[[1]]}"), "metric holds both M and L"},
      {model_text("{\"M\":[[1]],\"weights\":[1]}"), "metric holds both M and weights"},
      {model_text("{\"weights\":3}"), "metric.weights is 3, not a list of numbers"},
      {model_text("{\"weights\":[1,null]}"), "metric.weights entry 2 is null, not a finite number"},
      {model_text("{\"weights\":[1,-1]}"), "the weight of feature 2 is -1, not a finite number >= 0"},
      {model_text("{\"weights\":[]}"), "metric.weights has no entries"},
      {model_text("{\"L\":[[1]],\"layers\":[]}"), "metric holds both L and layers"},
      {model_text("{\"L\":[[1]],\"normalize\":true}"), "metric.normalize goes with layers"},
      {model_text("{\"layers\":3}"), "metric.layers: is 3, not a list of layers"},
      {model_text("{\"layers\":[]}"), "metric.layers: a network without layers"},
      {model_text("{\"layers\":[[]]}"), "metric.layers: layer 1 is a list, not an object"},
      {model_text("{\"layers\":[{}]}"), "metric.layers: layer 1 has no weights"},
      {layers(R"("weights":[[1,2],[3]])"), "metric.layers: layer 1, weights row 2 has 1 entry, row 1 has 2"},
      {layers(R"("weights":[[1,null]])"), "metric.layers: layer 1, weights row 1, column 2 is null, not a number"},
      {layers(R"("weights":[[]])"), "metric.layers: layer 1, weights has no entries"},
      {layers(R"("weights":[[1]],"bias":[1,2])"), "metric.layers: layer 1, bias has 2 entries, weights has 1 row"},
      {layers(R"("weights":[[1]],"bias":["x"])"), "metric.layers: layer 1, bias entry 1 is \"x\", not a finite"},
      {layers(R"("weights":[[1]],"activation":"tanh")"), "layer 1, activation is \"tanh\", not \"linear\" or \"relu\""},
      {layers(R"("weights":[[1]]},{"weights":[[1,2]])"), "layer 2, weights has 2 columns, the layer before has 1 row"},
      {model_text(R"({"layers":[{"weights":[[1]]}],"normalize":1})"),
       "metric.layers: normalize is 1, not true or false"},
      {model_text("{\"M\":3}"), "metric.M is 3, not a list of rows"},
      {model_text("{\"M\":[]}"), "metric.M is empty: it has no rows"},
      {model_text("{\"M\":[[]]}"), "metric.M has"},
      {model_text("{\"L\":[[]]}"), "metric.L has no columns"},
      {model_text("{\"M\":[[1,0],[0]]}"), "metric.M row 2 has 1 entry, row 1 has 2"},
      {model_text("{\"M\":[[1,0],2]}"), "metric.M row 2 is 2, not a list of numbers"},
      {model_text("{\"M\":[[1,null],[0,1]]}"), "metric.M row 1, column 2 is null, not a number"},
      {model_text("{\"L\":[[1,\"2\"]]}"), "metric.L row 1, column 2 is \"2\", not a number"},
      {model_text("{\"M\":[[1,0]]}"), "metric.M has 1 row and 2 columns"},
      {model_text("{\"M\":[[1,0.5],[0,1]]}"),
       "metric.M is not symmetric: row 2, column 1 is 0, but row 1, column 2 is 0.5"},
      {model_text("{\"M\":[[1,2],[2,1]]}"), "metric.M at row 2, column 1 is 2: not positive semidefinite"},
      {model_text("{\"M\":[[1,0],[0,-1]]}"), "metric.M at row 2, column 2 is -1"},
      {model_text(M, "\"features\":[\"a\"]"), "features has 1 name, the metric is over 2"},
      {model_text(M, "\"features\":[\"a\",\"a\"]"), "features has the name 'a' twice"},
      {model_text(M, "\"features\":[\"a\",1]"), "features entry 2 is 1, not a text"},
      {model_text(M, "\"features\":\"a\""), "features is \"a\", not a list of names"},
      {model_text(M, "\"center\":[1]"), "center has 1 entry, the metric is over 2"},
      {model_text(M, "\"center\":[1,null]"), "center entry 2 is null, not a finite number"},
      {model_text(M, "\"fill\":[1,2,3]"), "fill has 3 entries"},
      {model_text(M, "\"threshold\":-1"), "threshold is negative"},
      {model_text(M, "\"threshold\":\"1\""), "threshold is \"1\", not a finite number"},
      {model_text(M, "\"iterations\":1.5"), "iterations is 1.5, not a whole number"},
      {model_text(M, "\"seed\":18446744073709551615"), "seed is 18446744073709551615, not a whole number"},
      {model_text(M, "\"converged\":1"), "converged is 1, not true or false"},
      {model_text(M, "\"rows\":-5"), "rows is -5, not a whole number from 0 on"},
      {model_text(M, "\"seed\":-1"), "seed is -1, not a whole number from 0 on"},
      {"\xff\xfe{\0", "is UTF-16, and not UTF-8"},
      {model_text(M, "\"iterations\":-1"), "iterations is -1, not a whole number from 0 on"},
      {model_text(M, "\"gap\":-0.5"), "gap is -0.5, not a number from 0 on"},
      {model_text(M, "\"rows\":5,\"rows\":5"), "rows is there twice"},
      {model_text(M, "\"metric\":" + M), "metric is there twice"},
      {model_text(M, "\"parameters\":{\"k\":1,\"k\":2}"), "parameters.k is there twice"},
      {model_text(M, "\"features\":[\"a\",\"b\"],\"label\":\"b\""), "label 'b' is among the features"},
      {model_text(M, "\"z\":" + std::string(100000, '[') + std::string(100000, ']')), "more than 64 lists"},
      {model_text(M, "\"parameters\":[]"), "parameters is a list, not an object"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    const std::string found = complaint(c.text);
    CAPTURE(found);
    CHECK(contains(found, c.complaint));
    CHECK(found.find('\n') == std::string::npos);
  }
}

TEST_CASE("what is not finite, not UTF-8 or does not fit is never written") {
  const auto refuses = [](auto&& spoil) {
    Model model = full_model(metric::Metric::euclidean(2));
    spoil(model);
    CHECK_THROWS_AS(format_model(model), InputError);
  };
  const double nan = std::numeric_limits<double>::quiet_NaN();
  refuses([&](Model& m) { (*m.center)(1) = nan; });
  refuses([&](Model& m) { m.objective = nan; });
  refuses([&](Model& m) { m.parameters.set("gamma", nan); });
  refuses([&](Model& m) { m.other.set("spectrum", std::vector<double>{1, nan}); });
  refuses([&](Model& m) { m.features.pop_back(); });
  refuses([&](Model& m) { m.features[0] = "caf\xe9"; });
}

TEST_CASE("the schema refuses what the reader refuses") {
  const auto check = [](const std::string& text) { return schema().check(nlohmann::json::parse(text)); };
  CHECK(check(model_text("{\"M\":[[1]]}")) == "");
  CHECK(contains(check(model_text("{\"M\":[[1,null]]}")), "model.metric.M.0.1"));
  CHECK(contains(check(model_text("{}")), "oneOf"));
  CHECK(contains(check(model_text("{\"M\":[[1]]}", "\"threshold\":-1")), "threshold"));
  CHECK(contains(check(model_text("{\"M\":[[1]]}", "\"features\":[\"a\",\"a\"]")), "uniqueItems"));
  CHECK(contains(check("{\"version\":1}"), "required"));
}
