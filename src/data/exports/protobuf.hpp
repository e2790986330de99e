#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace maha::data {

/// A message of protocol buffers as it is encoded: fields one behind the other, each with its number and the kind of what
/// follows. (The library that ONNX's own classes need is a hundred times as large as the few fields that we write.)
/// https://protobuf.dev/programming-guides/encoding
class ProtobufMessage {
 public:
  /// int32, int64, bool or an enumeration.
  ProtobufMessage& integer(int field, std::int64_t value);

  /// Text or bytes.
  ProtobufMessage& bytes(int field, std::string_view value);

  ProtobufMessage& message(int field, const ProtobufMessage& value) { return bytes(field, value.encoded()); }

  const std::string& encoded() const { return encoded_; }

  /// Readers refuse what is longer.
  static constexpr std::size_t kLongest = 0x7fffffff;

 private:
  void varint(std::uint64_t value);

  std::string encoded_;
};

}  // namespace maha::data
