#include "neighbors/byte_rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "neighbors/bounds.hpp"

namespace maha {
namespace {

constexpr float kMostSteps = 127;
constexpr Index kLanes = 16;

}  // namespace

ByteRows::ByteRows(Index rows, Index d, double step)
    : step_(static_cast<double>(static_cast<float>(step))),
      bytes_(rows, (d + kDotWidth - 1) / kDotWidth * kDotWidth),
      about_(static_cast<std::size_t>(rows)) {}

/// z - s y is computed in float32, off by kUnit32 (|z| + |s y|) <= kUnit32 (2 |z| + |z - s y|).
void ByteRows::set(Index i, const float* z, Index d, double z_error) {
  std::uint8_t* bytes = bytes_.row(i);
  const auto s = static_cast<float>(step_), steps = 1 / s;
  std::array<float, kLanes> rest{}, norm{};
  std::array<std::int32_t, kLanes> squared{}, sum{};
  const auto quantize = [&](Index c, std::size_t lane) {
    const float y = std::min(std::max(std::rint(z[c] * steps), -kMostSteps), kMostSteps);
    const float left = z[c] - s * y;
    const auto integer = static_cast<std::int32_t>(y);
    rest[lane] += left * left;
    norm[lane] += z[c] * z[c];
    squared[lane] += integer * integer;
    sum[lane] += integer;
    bytes[c] = static_cast<std::uint8_t>(integer + kByteOffset);
  };
  Index c = 0;
  for (; c + kLanes <= d; c += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) quantize(c + static_cast<Index>(lane), lane);
  }
  for (std::size_t lane = 0; c < d; ++c, ++lane) quantize(c, lane);
  std::fill(bytes + d, bytes + width(), static_cast<std::uint8_t>(kByteOffset));
  About& about = about_[static_cast<std::size_t>(i)];
  double rests = 0, norms = 0;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    rests += static_cast<double>(rest[lane]);
    norms += static_cast<double>(norm[lane]);
    about.squared += squared[lane];
    about.sum += sum[lane];
  }
  const double rounding = 1 + 2 * gamma32(d / kLanes + 8);
  const double left = std::sqrt(rests * rounding + kUnderflow32) * (1 + 4 * kUnit32);
  const double size = std::sqrt(norms * rounding + kUnderflow32);
  about.error = round_up(std::min(left + 3 * kUnit32 * size + z_error, 0x1p100));
}

}  // namespace maha
