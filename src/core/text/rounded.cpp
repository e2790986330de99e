#include "core/text/rounded.hpp"

#include <charconv>
#include <cmath>

namespace maha {

std::string rounded(double value, int digits) {
  constexpr double kWritten = 1e9;  // whole numbers below it are written with all their digits
  if (std::abs(value) >= std::pow(10, digits - 1) && std::abs(value) < kWritten) {
    value = std::round(value);
    digits = 1 + static_cast<int>(std::log10(std::abs(value)));
  }
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value, std::chars_format::general, digits).ptr};
}

}  // namespace maha
