#include "neighbors/scan/prepared.hpp"

namespace maha::neighbors {
namespace {

/// Rows in a block: few if boxes rule out most blocks, more if most blocks are searched anyway.
Index block_rows(Index width) { return width <= 8 ? 64 : width < 32 ? 256 : 1024; }

}  // namespace

PreparedRows::PreparedRows(const MatrixRef& X, Rotation axes, std::span<const int> labels, const TileKernel& with,
                           const Threads& threads)
    : kernel(with),
      rotation(std::move(axes)),
      mapped(rotation.map(X, threads)),
      coarse_error(mapped.coarse_error.maxCoeff()),
      fine_error(mapped.fine_error.maxCoeff()),
      blocks(mapped, labels, block_rows(rotation.coarse_width()), threads) {
  if (mapped.fine.cols() > 0 && kernel.byte_hits) bytes.emplace(blocks.all(), mapped.fine, threads);
}

}  // namespace maha::neighbors
