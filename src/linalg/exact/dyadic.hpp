#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/types.hpp"

namespace maha::linalg {

/// A number m 2^e with a whole m of any length, such as every double is. Sums, differences and products of such numbers
/// are such numbers again and lose nothing; so sums do not depend on the order of their terms.
class Dyadic {
 public:
  Dyadic() = default;

  /// `value`: finite.
  explicit Dyadic(double value);
  explicit Dyadic(std::int64_t value) : mantissa_(value) { normalize(); }

  Dyadic& operator+=(const Dyadic& other);
  Dyadic& operator-=(const Dyadic& other);
  friend Dyadic operator*(const Dyadic& a, const Dyadic& b);
  friend bool operator==(const Dyadic& a, const Dyadic& b) = default;

  bool is_zero() const { return mantissa_.is_zero(); }
  bool is_negative() const { return mantissa_.sign() < 0; }

  /// The double next to this / n, n >= 1, rounded once, half to even; infinite if it is too large for one.
  double over(std::int64_t n) const;

  /// Adds it in hexadecimal: "-1cp-3" is -28 / 8. Each number has one text: the mantissa is odd, 0 is "0".
  void append_to(std::string& text) const;

  /// The number with this text, if it is one that append_to writes and no longer than sums of products of doubles are.
  static std::optional<Dyadic> parse(std::string_view text);

 private:
  void normalize();

  boost::multiprecision::cpp_int mantissa_;  // odd, or 0
  std::int64_t exponent_ = 0;
};

}  // namespace maha::linalg
