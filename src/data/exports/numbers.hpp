#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/types.hpp"
#include "data/array/element.hpp"

namespace maha::data {

/// The numbers of a matrix, row by row, as bytes of that type. `what` is its name in messages. Throws InputError if
/// one is not finite or beyond float32, or float32 has only zeros for all that are none.
std::string number_bytes(const std::string& what, const Matrix& values, const Element& element);

/// A whole number as bytes, the lowest first, on whatever machine.
template <class Number>
std::string low_byte_first(Number number) {
  std::string bytes;
  auto bits = static_cast<std::uint64_t>(number);
  for (std::size_t i = 0; i < sizeof(Number); ++i, bits >>= 8) bytes += static_cast<char>(bits & 0xff);
  return bytes;
}

}  // namespace maha::data
