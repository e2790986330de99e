#include "neighbors/prepared.hpp"

namespace maha {
namespace {

/// Rows of a block: few where boxes rule out most blocks, more where every block is gone through anyway.
Index block_rows(Index width) { return width <= 8 ? 64 : width <= 20 ? 128 : width < 32 ? 256 : 1024; }

}  // namespace

PreparedRows::PreparedRows(const MatrixRef& X, Rotation axes, std::span<const int> labels, const Threads& threads)
    : rotation(std::move(axes)),
      mapped(rotation.map(X, threads)),
      coarse_error(mapped.coarse_error.maxCoeff()),
      fine_error(mapped.fine_error.maxCoeff()),
      blocks(mapped, labels, block_rows(rotation.coarse_width()), threads) {
  const Index n = X.rows(), width = mapped.fine.cols();
  if (width == 0) return;
  const std::span<const Index> order = blocks.order();
  LargeMatrix<float> fine(n, width);
  ByteRows whole = mapped.bytes.like();
  mapped.place.resize(order.size());
  threads.for_ranges(n, 4096, [&](Index begin, Index end) {
    for (Index place = begin; place < end; ++place) {
      const Index id = order[static_cast<std::size_t>(place)];
      std::copy_n(mapped.fine.row(id), width, fine.row(place));
      if (!whole.empty()) whole.copy(place, mapped.bytes, id);
      mapped.place[static_cast<std::size_t>(id)] = place;
    }
  });
  mapped.fine = std::move(fine);
  mapped.bytes = std::move(whole);
  if (tile_kernel().byte_hits) bytes.emplace(blocks.all(), mapped.fine, threads);
}

}  // namespace maha
