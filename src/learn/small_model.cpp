#include "learn/small_model.hpp"

#include <cmath>

#include "core/error.hpp"

namespace maha::learn {
namespace {

constexpr double kMostModelBytes = 1e9;  // readers of JSON take several times that
constexpr double kBytesPerNumber = 20;   // of a model's text: 17 digits, a point, a comma and a blank

}  // namespace

void require_small_model(Index rows, Index d, const std::string& what, const std::string& remedy) {
  const double bytes = kBytesPerNumber * static_cast<double>(rows) * static_cast<double>(d);
  if (bytes <= kMostModelBytes) return;
  const std::string tenths = std::to_string(std::lround(bytes / 1e8));  // of a gigabyte
  throw InputError(what + " is a full matrix of " + std::to_string(rows) + " x " + std::to_string(d) + ", a model of " +
                   tenths.substr(0, tenths.size() - 1) + "." + tenths.back() + " GB" + remedy);
}

}  // namespace maha::learn
