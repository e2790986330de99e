#include "data/exports/protobuf.hpp"

namespace maha::data {
namespace {

enum WireType : std::uint64_t { kVarint = 0, kLengthDelimited = 2 };

std::uint64_t tag(int field, WireType type) { return static_cast<std::uint64_t>(field) << 3 | type; }

}  // namespace

ProtobufMessage& ProtobufMessage::integer(int field, std::int64_t value) {
  varint(tag(field, kVarint));
  varint(static_cast<std::uint64_t>(value));
  return *this;
}

ProtobufMessage& ProtobufMessage::bytes(int field, std::string_view value) {
  varint(tag(field, kLengthDelimited));
  varint(value.size());
  encoded_ += value;
  return *this;
}

/// Seven bits a byte, the lowest first; the eighth says that more follow.
void ProtobufMessage::varint(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) encoded_ += static_cast<char>(0x80 | (value & 0x7f));
  encoded_ += static_cast<char>(value);
}

}  // namespace maha::data
