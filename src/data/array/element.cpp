#include "data/array/element.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

#include "core/error.hpp"
#include "core/text/number.hpp"

namespace maha::data {
namespace {

static_assert(std::endian::native == std::endian::little, "elements are read as they lie in memory");

template <class Number>
Number load(const char* from, bool big_endian) {
  char bytes[sizeof(Number)];
  std::memcpy(bytes, from, sizeof(Number));
  if (big_endian) std::reverse(bytes, bytes + sizeof(Number));
  Number number;
  std::memcpy(&number, bytes, sizeof(Number));
  return number;
}

template <class Number>
void append(std::string& to, Number number, bool big_endian) {
  char bytes[sizeof(Number)];
  std::memcpy(bytes, &number, sizeof(Number));
  if (big_endian) std::reverse(bytes, bytes + sizeof(Number));
  to.append(bytes, sizeof(Number));
}

/// Calls act(Number()) with the type that stands for the element in this program.
template <class Act>
auto as_type(const Element& element, const Act& act) {
  if (element.kind == Element::Kind::floating) return element.size == 4 ? act(float()) : act(double());
  const bool natural = element.kind == Element::Kind::natural;
  switch (element.size) {
    case 1:
      return natural ? act(std::uint8_t()) : act(std::int8_t());
    case 2:
      return natural ? act(std::uint16_t()) : act(std::int16_t());
    case 4:
      return natural ? act(std::uint32_t()) : act(std::int32_t());
    default:
      return natural ? act(std::uint64_t()) : act(std::int64_t());
  }
}

void append_utf8(std::string& out, std::uint32_t code) {
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) return put(code);
  const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;  // bytes behind the first
  put((0xf0u << (3 - more) & 0xffu) | (code >> (6 * more) & (0x3fu >> more)));
  for (int i = more; i-- > 0;) put(0x80u | (code >> (6 * i) & 0x3fu));
}

}  // namespace

void Element::numbers(const char* from, std::size_t stride, Index count, double* to) const {
  as_type(*this, [&](auto type) {
    using Number = decltype(type);
    const bool swapped = big_endian && sizeof(Number) > 1;
    if (swapped) {
      for (Index i = 0; i < count; ++i, from += stride) to[i] = static_cast<double>(load<Number>(from, true));
    } else {
      for (Index i = 0; i < count; ++i, from += stride) to[i] = static_cast<double>(load<Number>(from, false));
    }
  });
}

std::string Element::text(const char* from) const {
  if (kind == Kind::bytes) {
    const std::string_view all(from, size);
    return std::string(all.substr(0, all.find_last_not_of('\0') + 1));
  }
  if (kind == Kind::wide) {
    std::string text;
    std::size_t used = size / 4;
    while (used > 0 && load<std::uint32_t>(from + 4 * (used - 1), false) == 0) --used;
    for (std::size_t i = 0; i < used; ++i) append_utf8(text, load<std::uint32_t>(from + 4 * i, big_endian));
    return text;
  }
  return as_type(*this, [&](auto type) -> std::string {
    const auto number = load<decltype(type)>(from, big_endian);
    if constexpr (std::is_floating_point_v<decltype(type)>) {
      return std::isnan(number) ? "nan" : format_number(number);
    } else {
      return std::to_string(number);
    }
  });
}

Index Element::write(const double* numbers, Index count, std::string& to) const {
  return as_type(*this, [&](auto type) -> Index {
    using Number = decltype(type);
    for (Index i = 0; i < count; ++i) {
      if constexpr (!std::is_floating_point_v<Number>) {
        const double low = static_cast<double>(std::numeric_limits<Number>::min());
        const double beyond = 2 * static_cast<double>(std::numeric_limits<Number>::max() / 2 + 1);
        if (!(numbers[i] >= low && numbers[i] < beyond && numbers[i] == std::floor(numbers[i]))) return i;
      } else if (std::isfinite(numbers[i]) && std::abs(numbers[i]) > std::numeric_limits<Number>::max()) {
        return i;
      }
      append(to, static_cast<Number>(numbers[i]), big_endian);
    }
    return count;
  });
}

}  // namespace maha::data
