#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/types.hpp"
#include "data/array/element.hpp"
#include "data/exports/protobuf.hpp"

namespace maha::data {

/// A value of the graph goes by its name.
using OnnxValue = std::string;

/// What an operator has besides its inputs: whole numbers.
struct OnnxAttribute {
  enum class Kind { one, list };
  std::string name;
  Kind kind = Kind::one;
  std::vector<std::int64_t> values;
};

/// The graph of a function of X, N rows of d numbers, in operators of ONNX: constants, and nodes in the order in which
/// they are worked out. All numbers are of one type. https://onnx.ai/onnx/repo-docs/IR.html
class OnnxGraph {
 public:
  OnnxGraph(const Element& numbers, Index dims) : numbers_(numbers), dims_(dims) {}

  OnnxValue input() const { return kInput; }

  /// Constants; the name is made distinct from others. Throws InputError if their type cannot hold a number.
  OnnxValue matrix(const std::string& name, const Matrix& values);
  OnnxValue vector(const std::string& name, const RowVector& values);
  OnnxValue number(const std::string& name, double value);
  OnnxValue integers(const std::string& name, const std::vector<Index>& values);

  /// What an operator makes of its inputs.
  OnnxValue apply(const std::string& op, const std::vector<OnnxValue>& inputs,
                  const std::vector<OnnxAttribute>& attributes = {});

  /// The whole message, whose output is `value`, `rank` numbers of each row.
  ProtobufMessage finish(const std::string& name, const std::string& about, const OnnxValue& value, Index rank) const;

  /// Version of the operators: of 2020, which what reads ONNX has known for years.
  static constexpr std::int64_t kOpset = 13;
  static constexpr const char* kInput = "X";
  static constexpr const char* kOutput = "Z";

 private:
  std::int64_t type() const;
  OnnxValue constant(const std::string& name, const std::vector<Index>& shape, std::int64_t type,
                     std::string_view bytes);
  OnnxValue distinct(const std::string& name);
  ProtobufMessage rows_of(const std::string& name, Index columns) const;

  Element numbers_;
  Index dims_;
  std::vector<OnnxValue> names_;
  std::vector<ProtobufMessage> constants_, nodes_;
};

}  // namespace maha::data
