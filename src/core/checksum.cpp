#include "core/checksum.hpp"

namespace maha {

std::string Checksum::text() const {
  std::string digits(16, '0');
  for (std::size_t i = 0; i < digits.size(); ++i) digits[i] = "0123456789abcdef"[hash_ >> (60 - 4 * i) & 0xF];
  return digits;
}

}  // namespace maha
