#include "neighbors/filters/byte_blocks.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "neighbors/rows/bounds.hpp"

namespace maha::neighbors {
namespace {

constexpr double kMostSteps = 127;             // the largest int8
constexpr double kSmallestStep = 0x1p-56;      // so that 1 / step and its squares stay within float32
constexpr float kFarthestSteps = 1e18f;        // a query farther out is moved closer, which only shortens distances
constexpr double kFoldError = 1.01 * kUnit32;  // relative rounding error of the folded coordinate

using Steps = Eigen::Array<double, 1, kByteWidth>;

/// Writes one row's -floor(|y|^2 / 2) and bytes into its panel.
void pack(const Steps& y, std::uint8_t* panel, Index row) {
  const auto half = static_cast<std::int32_t>(-std::floor(y.square().sum() / 2));
  std::memcpy(panel + row * 4, &half, 4);
  for (Index c = 0; c < kByteWidth; ++c) {
    panel[(c / 4 + 1) * 4 * kPanelRows + row * 4 + c % 4] = static_cast<std::uint8_t>(y[c] + kByteOffset);
  }
}

void pack_block(std::span<const Folded> beta, std::uint8_t* panels, ByteBlock& block) {
  Folded low = beta.front(), high = low;
  for (const Folded& b : beta) {
    low = low.min(b);
    high = high.max(b);
  }
  const double widest = static_cast<double>((high - low).maxCoeff()) * kSlack / (2 * kMostSteps);
  block = {(low + high) / 2, std::max(widest, kSmallestStep), 0, panels};
  for (std::size_t r = 0; r < beta.size(); ++r) {
    const Steps v = (beta[r].cast<double>() - block.centre.cast<double>()) / block.step;
    const Steps y = v.rint().max(-kMostSteps).min(kMostSteps);
    const double folding = kFoldError * static_cast<double>(std::abs(beta[r][kByteWidth - 1])) / block.step;
    block.error = std::max(block.error, (v - y).matrix().norm() * kSlack + 1e-9 + folding);
    pack(y, panels + static_cast<Index>(r) / kPanelRows * kBytePanel, static_cast<Index>(r) % kPanelRows);
  }
  const auto rows = static_cast<Index>(beta.size());
  for (Index r = rows; r % kPanelRows != 0; ++r) {
    std::memcpy(panels + r / kPanelRows * kBytePanel + r % kPanelRows * 4, &kNoRow, 4);
  }
}

}  // namespace

Folded fold(const float* fine, Index width) {
  Folded beta = Folded::Zero();
  const Index kept = width <= kByteWidth ? width : kByteWidth - 1;
  for (Index c = 0; c < kept; ++c) beta[c] = fine[c];
  if (kept == width) return beta;
  double squared = 0;
  for (Index c = kept; c < width; ++c) squared += static_cast<double>(fine[c]) * static_cast<double>(fine[c]);
  beta[kByteWidth - 1] = static_cast<float>(std::sqrt(squared));
  return beta;
}

/// In float32, v has an error of 4 kUnit32 |v|, and sums of kByteWidth squares one of less than 1e-5 of themselves.
/// |p'|^2 and the sum of p' are integers below 2^24, hence exact.
std::optional<std::int32_t> ByteBlock::threshold(const Folded& beta, double reach, std::int8_t* query) const {
  const Folded v = ((beta - centre) * static_cast<float>(1 / step)).max(-kFarthestSteps).min(kFarthestSteps);
  const auto most = static_cast<float>(kMostSteps);
  const Folded p = v.max(-most).min(most), nearest = p.rint();
  const auto outside = static_cast<double>((v - p).square().sum());
  const auto squared = static_cast<double>(nearest.square().sum());
  const double rounding = std::sqrt(static_cast<double>((p - nearest).square().sum())) * 1.00001;
  const double size = std::sqrt(outside) + std::sqrt(squared) + rounding;
  const double far = reach / step + error + 5 * kUnit32 * size +
                     kFoldError * static_cast<double>(std::abs(beta[kByteWidth - 1])) / step;
  const double inside = far * far * kSlack - outside * 0.99999;
  if (inside < 0) return std::nullopt;
  const double within = std::sqrt(inside) + rounding;
  Eigen::Map<Eigen::Array<std::int8_t, 1, kByteWidth>>{query} = nearest.cast<std::int8_t>();
  const double least = std::max((squared - within * within * kSlack) / 2 - 1, -0x1p29);
  return static_cast<std::int32_t>(std::floor(least) + kByteOffset * static_cast<double>(nearest.sum()));
}

bool ByteQueries::add(const ByteBlock& block, const Folded& beta, double reach) {
  const std::size_t size = bytes.size();
  bytes.resize(size + kByteWidth);
  const auto threshold = block.threshold(beta, reach, bytes.data() + size);
  if (!threshold) {
    bytes.resize(size);
    return false;
  }
  thresholds.push_back(*threshold);
  return true;
}

ByteBlocks::ByteBlocks(const std::vector<Block>& blocks, const LargeMatrix<float>& fine, const Threads& threads)
    : blocks_(blocks.size()) {
  std::vector<Index> first{0};
  for (const Block& block : blocks) first.push_back(first.back() + panels_of(block) * kBytePanel);
  panels_ = LargeArray<std::uint8_t>(first.back());
  threads.for_tiles(static_cast<Index>(blocks.size()), [&](Index b) {
    const Block& block = blocks[static_cast<std::size_t>(b)];
    std::vector<Folded> beta;
    for (std::size_t r = 0; r < block.ids.size(); ++r) {
      beta.push_back(fold(fine.row(block.ids[r]), fine.cols()));
    }
    pack_block(beta, panels_.data() + first[static_cast<std::size_t>(b)], blocks_[static_cast<std::size_t>(b)]);
  });
}

}  // namespace maha::neighbors
