#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace maha::io {

/// Where a codec reads and writes; it moves the one and the other forward.
struct PackedStep {
  const char* in = nullptr;
  std::size_t in_size = 0;
  char* out = nullptr;
  std::size_t out_size = 0;
};

/// Unpacks the members of a packed stream, one after the other, as much at a time as it is given.
class Codec {
 public:
  enum class State { goes_on, member_ends, broken, too_large };

  Codec() = default;
  Codec(const Codec&) = delete;
  Codec& operator=(const Codec&) = delete;
  virtual ~Codec() = default;

  /// Takes some of the input, gives some of the output, or both. Throws std::bad_alloc.
  virtual State step(PackedStep& step) = 0;

  /// Before the first byte of a member that is not the first.
  virtual void begin_member() = 0;
};

/// A kind of packing: its name, and the bytes that a file of it begins with.
struct Packing {
  const char* name;
  bool (*recognises)(std::string_view start);
  std::unique_ptr<Codec> (*open)();
};

/// The first bytes by which each is recognised.
inline constexpr std::size_t kPackedStart = 10;

/// How a file with this beginning is packed; nullptr if it is not.
const Packing* packing_of(std::string_view start);

}  // namespace maha::io
