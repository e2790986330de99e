#include "neighbors/rows/byte_rows.hpp"

#include <algorithm>
#include <cmath>

#include "neighbors/rows/bounds.hpp"

namespace maha::neighbors {
namespace {

constexpr Index kLanes = 16;

}  // namespace

ByteRows::ByteRows(Index rows, Index d, double step)
    : step_(static_cast<double>(static_cast<float>(step))),
      bytes_(rows, (d + kDotWidth - 1) / kDotWidth * kDotWidth),
      about_(static_cast<std::size_t>(rows)) {}

/// z - s y is computed in float32, with an error of kUnit32 (|z| + |s y|) <= kUnit32 (2 |z| + |z - s y|).
void ByteRows::set(Index i, const float* z, Index d, double z_error) {
  using Some = Eigen::Array<float, kLanes, 1>;
  const auto s = static_cast<float>(step_), steps = 1 / s;
  std::uint8_t* bytes = bytes_.row(i);
  std::fill(bytes, bytes + width(), static_cast<std::uint8_t>(kByteOffset));
  Some left = Some::Zero(), norm = Some::Zero();
  for (Index first = 0; first < d; first += kLanes) {
    const Index size = std::min(kLanes, d - first);
    Some x = Some::Zero();
    if (size == kLanes) {
      x = Eigen::Map<const Some>(z + first);
    } else {
      std::copy_n(z + first, size, x.data());
    }
    const Some y = (x * steps).rint().max(-kMostSteps).min(kMostSteps);
    left += (x - s * y).square();
    norm += x.square();
    for (Index c = 0; c < size; ++c) bytes[first + c] = static_cast<std::uint8_t>(static_cast<int>(y[c]) + kByteOffset);
  }
  About& about = about_[static_cast<std::size_t>(i)];
  about = {};
  for (Index c = 0; c < width(); ++c) {
    const int y = bytes[c] - kByteOffset;
    about.sum += y;
    about.squared += y * y;
  }
  const double rounding = 1 + 2 * gamma32(d / kLanes + 8);
  const double rest = std::sqrt(static_cast<double>(left.sum()) * rounding + kUnderflow32) * (1 + 4 * kUnit32);
  const double size = std::sqrt(static_cast<double>(norm.sum()) * rounding + kUnderflow32);
  about.error = round_up(std::min(rest + 3 * kUnit32 * size + z_error, 0x1p100));
}

}  // namespace maha::neighbors
