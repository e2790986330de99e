#include "linalg/exact/dyadic.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace maha::linalg {
namespace {

using boost::multiprecision::cpp_int;

constexpr int kDoubleBits = 53;

// Products of doubles reach from 2^-2148 to 2^2048, and sums of 2^63 of them to 2^2111: more bits than 4300 no sum has.
constexpr std::int64_t kLongest = 4300;

constexpr unsigned kKept = 62;  // bits of a quotient: more than a double's by one that rounds and one for all behind

std::uint64_t top_bits(const cpp_int& positive, unsigned drop) {
  auto top = static_cast<std::uint64_t>(positive >> drop);
  if (drop > 0 && lsb(positive) < drop) top |= 1;  // of what is dropped it matters only whether it is 0
  return top;
}

bool is_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

}  // namespace

Dyadic::Dyadic(double value) {
  int exponent = 0;
  mantissa_ = static_cast<std::int64_t>(std::scalbn(std::frexp(value, &exponent), kDoubleBits));
  exponent_ = exponent - kDoubleBits;
  normalize();
}

void Dyadic::normalize() {
  if (mantissa_.is_zero()) {
    exponent_ = 0;
    return;
  }
  const auto zeros = lsb(cpp_int(abs(mantissa_)));
  if (zeros == 0) return;
  mantissa_ >>= zeros;
  exponent_ += static_cast<std::int64_t>(zeros);
}

Dyadic& Dyadic::operator+=(const Dyadic& other) {
  if (other.is_zero()) return *this;
  if (is_zero()) return *this = other;
  const std::int64_t apart = exponent_ - other.exponent_;
  if (apart > 0) {
    mantissa_ <<= static_cast<unsigned>(apart);
    exponent_ = other.exponent_;
    mantissa_ += other.mantissa_;
  } else if (apart < 0) {
    mantissa_ += other.mantissa_ << static_cast<unsigned>(-apart);
  } else {
    mantissa_ += other.mantissa_;
  }
  normalize();
  return *this;
}

Dyadic& Dyadic::operator-=(const Dyadic& other) {
  Dyadic negative = other;
  negative.mantissa_ = -negative.mantissa_;
  return *this += negative;
}

Dyadic operator*(const Dyadic& a, const Dyadic& b) {
  Dyadic product;
  product.mantissa_ = a.mantissa_ * b.mantissa_;
  product.exponent_ = product.is_zero() ? 0 : a.exponent_ + b.exponent_;
  return product;  // odd times odd is odd
}

double Dyadic::over(std::int64_t n) const {
  if (is_zero()) return 0;
  cpp_int size = abs(mantissa_), rest = 0;
  std::int64_t exponent = exponent_;
  if (n > 1) {
    const unsigned longer = kKept + 64;  // so that the quotient has the bits that are kept
    size <<= longer;
    exponent -= longer;
    cpp_int quotient;
    divide_qr(size, cpp_int(n), quotient, rest);
    size = quotient;
  }
  const auto bits = static_cast<unsigned>(msb(size)) + 1;
  const unsigned drop = bits > kKept ? bits - kKept : 0;
  const std::uint64_t top = top_bits(size, drop) | (rest.is_zero() ? 0 : 1);
  exponent = std::clamp<std::int64_t>(exponent + drop, -2 * kLongest, 2 * kLongest);
  const double rounded = std::scalbn(static_cast<double>(static_cast<std::int64_t>(top)), static_cast<int>(exponent));
  return mantissa_.sign() < 0 ? -rounded : rounded;
}

void Dyadic::append_to(std::string& text) const {
  if (mantissa_.sign() < 0) text += '-';
  text += cpp_int(abs(mantissa_)).str(0, std::ios_base::hex);
  if (is_zero()) return;
  text += 'p';
  text += std::to_string(exponent_);
}

std::optional<Dyadic> Dyadic::parse(std::string_view text) {
  if (text == "0") return Dyadic();
  const std::size_t sign = text.starts_with('-') ? 1 : 0, p = text.find('p');
  if (p == std::string_view::npos || p == sign) return std::nullopt;
  const std::string_view digits = text.substr(sign, p - sign), exponent = text.substr(p + 1);
  if (digits.size() > kLongest / 4 || digits.front() == '0' || !std::all_of(digits.begin(), digits.end(), is_digit))
    return std::nullopt;
  Dyadic number;
  const auto [end, error] = std::from_chars(exponent.data(), exponent.data() + exponent.size(), number.exponent_);
  if (error != std::errc() || end != exponent.data() + exponent.size()) return std::nullopt;
  if (std::abs(number.exponent_) > kLongest || exponent != std::to_string(number.exponent_)) return std::nullopt;
  number.mantissa_ = cpp_int("0x" + std::string(digits));
  if (lsb(number.mantissa_) != 0) return std::nullopt;
  if (sign > 0) number.mantissa_ = -number.mantissa_;
  return number;
}

}  // namespace maha::linalg
