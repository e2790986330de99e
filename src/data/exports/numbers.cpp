#include "data/exports/numbers.hpp"

#include <limits>

#include "core/error.hpp"
#include "core/text/number.hpp"

namespace maha::data {

std::string number_bytes(const std::string& what, const Matrix& values, const Element& element) {
  if (!values.allFinite()) throw InputError(what + " has numbers that overflow");
  std::string bytes;
  bytes.reserve(static_cast<std::size_t>(values.size()) * element.size);
  const Index written = element.write(values.data(), values.size(), bytes);
  if (written < values.size()) {
    throw InputError(what + " has " + format_number(values.data()[written]) + ", which is beyond float32");
  }
  const double largest = values.size() > 0 ? values.cwiseAbs().maxCoeff() : 0;
  if (element.size == 4 && largest > 0 && largest < std::numeric_limits<float>::min()) {
    throw InputError(what + " has numbers up to " + format_number(largest) + ", and float32 none so small");
  }
  return bytes;
}

}  // namespace maha::data
