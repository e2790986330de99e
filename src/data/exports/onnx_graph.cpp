/// Numbers of fields and types are those of onnx.proto, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
#include "data/exports/onnx_graph.hpp"

#include <algorithm>

#include "data/exports/numbers.hpp"

namespace maha::data {
namespace {

enum TensorType : std::int64_t { kFloat = 1, kInt64 = 7, kDouble = 11 };

namespace tensor {
enum Field { dims = 1, data_type = 2, name = 8, raw_data = 9 };
}
namespace node {
enum Field { input = 1, output = 2, name = 3, op_type = 4, attribute = 5 };
}
namespace attribute {
enum Field { name = 1, one = 3, list = 8, type = 20 };
enum Type : std::int64_t { of_one = 2, of_list = 7 };
}  // namespace attribute
namespace graph {
enum Field { node = 1, name = 2, constant = 5, about = 10, input = 11, output = 12 };
}

ProtobufMessage node_message(const std::string& op, const std::vector<OnnxValue>& inputs, const OnnxValue& output,
                             const std::vector<OnnxAttribute>& attributes) {
  ProtobufMessage message;
  for (const OnnxValue& input : inputs) message.bytes(node::input, input);
  message.bytes(node::output, output).bytes(node::name, output).bytes(node::op_type, op);
  for (const OnnxAttribute& given : attributes) {
    const bool is_list = given.kind == OnnxAttribute::Kind::list;
    ProtobufMessage part;
    part.bytes(attribute::name, given.name);
    for (const std::int64_t value : given.values) part.integer(is_list ? attribute::list : attribute::one, value);
    part.integer(attribute::type, is_list ? attribute::of_list : attribute::of_one);
    message.message(node::attribute, part);
  }
  return message;
}

}  // namespace

std::int64_t OnnxGraph::type() const { return numbers_.size == 8 ? kDouble : kFloat; }

OnnxValue OnnxGraph::distinct(const std::string& name) {
  OnnxValue value = name;
  for (int i = 2; std::find(names_.begin(), names_.end(), value) != names_.end(); ++i) value = name + std::to_string(i);
  names_.push_back(value);
  return value;
}

OnnxValue OnnxGraph::constant(const std::string& name, const std::vector<Index>& shape, std::int64_t type,
                              std::string_view bytes) {
  const OnnxValue value = distinct(name);
  ProtobufMessage& message = constants_.emplace_back();
  for (const Index length : shape) message.integer(tensor::dims, length);
  message.integer(tensor::data_type, type).bytes(tensor::name, value).bytes(tensor::raw_data, bytes);
  return value;
}

OnnxValue OnnxGraph::matrix(const std::string& name, const Matrix& values) {
  return constant(name, {values.rows(), values.cols()}, type(), number_bytes(name, values, numbers_));
}

OnnxValue OnnxGraph::vector(const std::string& name, const RowVector& values) {
  return constant(name, {values.size()}, type(), number_bytes(name, values, numbers_));
}

OnnxValue OnnxGraph::number(const std::string& name, double value) {
  return constant(name, {}, type(), number_bytes(name, Matrix::Constant(1, 1, value), numbers_));
}

OnnxValue OnnxGraph::integers(const std::string& name, const std::vector<Index>& values) {
  std::string bytes;
  for (const std::int64_t value : values) bytes += low_byte_first(value);
  return constant(name, {static_cast<Index>(values.size())}, kInt64, bytes);
}

OnnxValue OnnxGraph::apply(const std::string& op, const std::vector<OnnxValue>& inputs,
                           const std::vector<OnnxAttribute>& attributes) {
  const OnnxValue value = distinct(op);
  nodes_.push_back(node_message(op, inputs, value, attributes));
  return value;
}

/// A ValueInfoProto of the type tensor, N x columns.
ProtobufMessage OnnxGraph::rows_of(const std::string& name, Index columns) const {
  const ProtobufMessage any = ProtobufMessage().bytes(2, "N"), fixed = ProtobufMessage().integer(1, columns);
  const ProtobufMessage shape = ProtobufMessage().message(1, any).message(1, fixed);
  const ProtobufMessage tensor = ProtobufMessage().integer(1, type()).message(2, shape);
  return ProtobufMessage().bytes(1, name).message(2, ProtobufMessage().message(1, tensor));
}

ProtobufMessage OnnxGraph::finish(const std::string& name, const std::string& about, const OnnxValue& value,
                                  Index rank) const {
  ProtobufMessage message;
  for (const ProtobufMessage& one : nodes_) message.message(graph::node, one);
  message.message(graph::node, node_message("Identity", {value}, kOutput, {}));
  message.bytes(graph::name, name);
  for (const ProtobufMessage& one : constants_) message.message(graph::constant, one);
  message.bytes(graph::about, about);
  message.message(graph::input, rows_of(kInput, dims_)).message(graph::output, rows_of(kOutput, rank));
  return message;
}

}  // namespace maha::data
