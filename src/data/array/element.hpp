#pragma once

#include <cstddef>
#include <string>

#include "core/types.hpp"

namespace maha::data {

/// How an array of bytes writes one of its elements.
struct Element {
  enum class Kind { floating, integer, natural, bytes, wide };  ///< text: of bytes, or of 4 bytes a character

  Kind kind = Kind::floating;
  std::size_t size = 8;     ///< bytes
  bool big_endian = false;  ///< the most significant byte comes first

  bool is_text() const { return kind == Kind::bytes || kind == Kind::wide; }

  /// Whether it is a double as this machine has them.
  bool is_double() const { return kind == Kind::floating && size == 8 && !big_endian; }

  /// The numbers of `count` elements that stand `stride` bytes apart. Integers beyond 2^53 are rounded.
  void numbers(const char* from, std::size_t stride, Index count, double* to) const;

  /// An element as text: a number in the shortest form that reads back, an integer with all its digits.
  std::string text(const char* from) const;

  /// Writes numbers as elements. Returns how many it wrote: fewer if the next one is no such number; a floating one is
  /// rounded.
  Index write(const double* numbers, Index count, std::string& to) const;
};

inline constexpr Element kFloat64{Element::Kind::floating, 8}, kFloat32{Element::Kind::floating, 4};

}  // namespace maha::data
