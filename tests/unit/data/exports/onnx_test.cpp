/// Files of ONNX taken apart without its library; tests/cli/tools/model_export_test.cpp has that, and runs them.
#include "data/exports/onnx.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <map>
#include <memory>

#include "core/error.hpp"
#include "data/exports/numbers.hpp"

using namespace maha;
using namespace maha::data;

namespace {

/// The fields of a message: whole numbers as their digits, all else as bytes.
std::multimap<int, std::string> fields(const std::string& message) {
  std::multimap<int, std::string> result;
  std::size_t at = 0;
  const auto varint = [&] {
    std::uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(message.at(at++));
      value |= std::uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.size()) {
    const std::uint64_t tag = varint(), value = varint();
    const int field = static_cast<int>(tag >> 3);
    if ((tag & 7) == 0) {
      result.emplace(field, std::to_string(value));
      continue;
    }
    REQUIRE((tag & 7) == 2);
    result.emplace(field, message.substr(at, value));
    at += value;
  }
  REQUIRE(at == message.size());
  return result;
}

std::string field(const std::string& message, int number) {
  const auto all = fields(message);
  REQUIRE(all.count(number) == 1);
  return all.find(number)->second;
}

/// The operators of a file in their order.
std::string operators(const Model& model, const Element& numbers = kFloat64) {
  std::string names;
  const auto graph = fields(field(onnx_model(model, numbers), 7));
  for (auto [it, end] = graph.equal_range(1); it != end; ++it) names += field(it->second, 4) + " ";
  return names;
}

metric::Layer small_layer(metric::Activation activation) { return {Matrix::Ones(2, 2), Vector::Ones(2), activation}; }

}  // namespace

TEST_CASE("onnx: a model says what it is, and holds L transposed") {
  Model model;
  model.metric = metric::Metric::from_factor((Matrix(1, 2) << 1.5, -2).finished());
  model.features = {"a", "b\"c"};
  model.threshold = 0.5;
  model.maha = "1.2";
  const std::string file = onnx_model(model, kFloat64), graph = field(file, 7);
  CHECK(field(file, 1) == "7");
  CHECK(field(file, 2) == "maha");
  CHECK(field(file, 3) == "1.2");
  CHECK(field(field(file, 8), 2) == "13");
  std::map<std::string, std::string> metadata;
  const auto all = fields(file);
  for (auto [it, end] = all.equal_range(14); it != end; ++it) metadata[field(it->second, 1)] = field(it->second, 2);
  CHECK(metadata == std::map<std::string, std::string>{{"features", R"(["a","b\"c"])"}, {"threshold", "0.5"}});
  const std::string constant = field(graph, 5);
  CHECK(field(constant, 2) == "11");  // double
  const auto shape = fields(constant);
  std::string dims;
  for (auto [it, end] = shape.equal_range(1); it != end; ++it) dims += it->second + " ";
  CHECK(dims == "2 1 ");
  double values[2];
  const std::string raw = field(constant, 9);
  REQUIRE(raw.size() == sizeof values);
  std::memcpy(values, raw.data(), sizeof values);
  CHECK(values[0] == 1.5);
  CHECK(values[1] == -2);
  CHECK(field(field(field(onnx_model(model, kFloat32), 7), 5), 9).size() == 8);
}

TEST_CASE("onnx: a model is the operators that it needs") {
  Model model;
  model.metric = metric::Metric::from_weights(Vector::Ones(2));
  CHECK(operators(model) == "Mul Identity ");
  model.center = Vector::Ones(2);
  CHECK(operators(model) == "Sub Mul Identity ");
  model.metric = metric::Metric::from_weights((Vector(2) << 0, 2).finished());
  CHECK(operators(model) == "Sub Gather Mul Identity ");
  model.metric = metric::Metric::from_weights(Vector::Zero(2));
  CHECK(operators(model) == "Sub MatMul Identity ");
  model.fill = Vector::Ones(2);
  model.metric = metric::Metric::from_factor(Matrix::Ones(3, 2));
  CHECK(operators(model) == "IsNaN Where Sub MatMul Identity ");
  model.fill.reset();
  const metric::Layer bent = small_layer(metric::Activation::relu), straight = small_layer(metric::Activation::linear);
  model.metric = metric::Network({bent, straight}, true);  // which has an origin of its own, and no center
  CHECK(operators(model, kFloat32) == "Gemm Max Gemm ReduceSumSquare Sqrt Max Div Identity ");
  auto kernel = std::make_shared<const metric::KernelMap>(metric::KernelMap::Parts{
      .shift = RowVector::Zero(2), .scale = RowVector::Ones(2), .landmarks = Matrix::Identity(2, 2)});
  model.metric = metric::Network({straight}, false, kernel);
  CHECK(operators(model) == "Sub Div Unsqueeze Sub ReduceSumSquare Mul Exp Gemm Identity ");
  CHECK_THROWS_AS(onnx_model(model, kFloat32), InputError);
}

TEST_CASE("onnx: what overflows only in the map is told") {
  Model model;
  auto kernel =
      std::make_shared<const metric::KernelMap>(metric::KernelMap::Parts{.bandwidth = 1e-200,
                                                                         .shift = RowVector::Zero(2),
                                                                         .scale = RowVector::Constant(2, 1e-200),
                                                                         .landmarks = Matrix::Identity(2, 2)});
  model.metric = metric::Network({small_layer(metric::Activation::linear)}, false, kernel);
  CHECK_THROWS_WITH_AS(onnx_model(model, kFloat64), "landmarks has numbers that overflow", InputError);
}
