#include "data/exports/onnx.hpp"

#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "core/text/number.hpp"
#include "data/exports/onnx_graph.hpp"
#include "data/model/model_csv.hpp"
#include "io/json.hpp"

namespace maha::data {
namespace {

using Kind = OnnxAttribute::Kind;

const OnnxAttribute kTransposed{"transB", Kind::one, {1}};

/// Of a sum: what it is over, and whether that stays as one coordinate.
OnnxAttribute axis(std::int64_t i) { return {"axes", Kind::list, {i}}; }
OnnxAttribute kept(bool yes) { return {"keepdims", Kind::one, {yes}}; }

OnnxValue filled(OnnxGraph& graph, const OnnxValue& x, const Vector& fill) {
  return graph.apply("Where", {graph.apply("IsNaN", {x}), graph.vector("fill", fill.transpose()), x});
}

/// diag(w)^1/2 x, without the coordinates of weight 0.
OnnxValue weighted(OnnxGraph& graph, OnnxValue x, const Vector& weights) {
  std::vector<Index> used;
  for (Index j = 0; j < weights.size(); ++j) {
    if (weights(j) > 0) used.push_back(j);
  }
  if (static_cast<Index>(used.size()) < weights.size()) {
    x = graph.apply("Gather", {x, graph.integers("used", used)}, {{"axis", Kind::one, {1}}});
  }
  return graph.apply("Mul", {x, graph.vector("scale", weights(used).cwiseSqrt().transpose())});
}

OnnxValue mapped(OnnxGraph& graph, OnnxValue x, const Model& model) {
  if (model.center) x = graph.apply("Sub", {x, graph.vector("center", model.center->transpose())});
  const metric::Metric& metric = model.linear();
  if (metric.form() == metric::Metric::Form::weights && metric.rank() > 0) {
    return weighted(graph, x, metric.diagonal());
  }
  return graph.apply("MatMul", {x, graph.matrix("L", metric_rows(model, MetricForm::L).transpose())});
}

/// How alike a row u is to each landmark v, in the coordinates of metric::KernelMap, about the landmarks' mean.
OnnxValue kernel_values(OnnxGraph& graph, const OnnxValue& x, const metric::KernelMap::Parts& parts) {
  RowVector shift = parts.shift;
  const RowVector unit = parts.scale * parts.bandwidth;
  if (parts.kernel != metric::Kernel::polynomial) shift = parts.landmarks.colwise().mean();
  Matrix V = parts.landmarks.rowwise() - shift;
  V.array().rowwise() /= unit.array();
  const OnnxValue moved = graph.apply("Sub", {x, graph.vector("shift", shift)});
  const OnnxValue u = graph.apply("Div", {moved, graph.vector("unit", unit)});
  const OnnxValue landmarks = graph.matrix("landmarks", V);
  if (parts.kernel == metric::Kernel::polynomial) {
    const OnnxValue offset = graph.vector("offset", RowVector::Constant(V.rows(), parts.offset));
    return graph.apply("Pow", {graph.apply("Gemm", {u, landmarks, offset}, {kTransposed}),
                               graph.number("degree", static_cast<double>(parts.degree))});
  }
  // NOTE Differences, N x m x d, and not |u|^2 + |v|^2 - 2u'v: of a row that is near a landmark that keeps no digit.
  const OnnxValue each = graph.apply("Unsqueeze", {u, graph.integers("between", {1})});
  const OnnxValue square =
      graph.apply("ReduceSumSquare", {graph.apply("Sub", {each, landmarks})}, {axis(2), kept(false)});
  if (parts.kernel == metric::Kernel::laplace) {
    return graph.apply("Exp", {graph.apply("Neg", {graph.apply("Sqrt", {square})})});
  }
  return graph.apply("Exp", {graph.apply("Mul", {square, graph.number("minus_half", -0.5)})});
}

OnnxValue mapped(OnnxGraph& graph, OnnxValue x, const metric::Network& network, bool is_double) {
  if (network.kernel()) x = kernel_values(graph, x, network.kernel()->parts());
  for (const metric::Layer& layer : network.layers()) {
    const OnnxValue weights = graph.matrix("weights", layer.weights);
    x = graph.apply("Gemm", {x, weights, graph.vector("bias", layer.bias.transpose())}, {kTransposed});
    // NOTE Max, and not Relu: onnxruntime would join that with Gemm to an operator that it has for float32 alone.
    if (layer.activation == metric::Activation::relu) x = graph.apply("Max", {x, graph.number("zero", 0)});
  }
  if (!network.normalize()) return x;
  const double least = is_double ? std::numeric_limits<double>::min() : std::numeric_limits<float>::min();
  const OnnxValue square = graph.apply("ReduceSumSquare", {x}, {axis(1), kept(true)});
  const OnnxValue norm = graph.apply("Max", {graph.apply("Sqrt", {square}), graph.number("least", least)});
  return graph.apply("Div", {x, norm});  // 0 stays 0
}

/// What a reader finds beside the graph, as texts.
void add_metadata(ProtobufMessage& message, const Model& model) {
  const auto add = [&](const char* key, const std::string& value) {
    message.message(14, ProtobufMessage().bytes(1, key).bytes(2, value));
  };
  if (!model.features.empty()) add("features", io::dump_json(model.features));
  if (model.label) add("label", *model.label);
  if (model.threshold) add("threshold", format_number(*model.threshold));
  if (model.algorithm) add("algorithm", *model.algorithm);
}

}  // namespace

std::string onnx_model(const Model& model, const Element& numbers) {
  const metric::Network* network = model.network();
  const bool is_double = numbers.size == 8;
  if (network && network->kernel() && !is_double) {
    throw InputError("the model has a kernel, whose features lose their digits in float32: --type float64");
  }
  OnnxGraph graph(numbers, model.dims());
  const OnnxValue x = model.fill ? filled(graph, graph.input(), *model.fill) : graph.input();
  const OnnxValue z = network ? mapped(graph, x, *network, is_double) : mapped(graph, x, model);
  constexpr std::int64_t kFormat = 7;  // of the file, as the version of the operators wants
  ProtobufMessage message;
  message.integer(1, kFormat).bytes(2, "maha").bytes(3, model.maha.value_or(""));
  message.message(7, graph.finish("maha", "The Euclidean distance of two rows of Z is the distance that was learned.",
                                  z, std::max<Index>(1, model.rank())));
  message.message(8, ProtobufMessage().bytes(1, "").integer(2, OnnxGraph::kOpset));
  add_metadata(message, model);
  if (message.encoded().size() > ProtobufMessage::kLongest) {
    throw InputError("the model has more numbers than ONNX takes, whose files end at 2 GB: `maha-model export --as L`");
  }
  return message.encoded();
}

}  // namespace maha::data
