#include "linalg/tiled_product.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace maha::linalg {
namespace {

constexpr Index kSide = 256;  // of a tile: half a megabyte, which stays in cache

}  // namespace

Matrix tiled_product(const Matrix& A, const SquareMatrix& B, Index tile, const Team& team) {
  Matrix product(A.rows(), B.cols());
  team.fill(product, tile, [&](Index begin, Index end) {
    product.middleRows(begin, end - begin).noalias() = A.middleRows(begin, end - begin) * B;
  });
  return product;
}

void add_gram(SquareMatrix& A, const MatrixRef& B, const Threads& threads) {
  const Index m = A.rows();
  std::vector<std::pair<Index, Index>> tiles;
  for (Index i = 0; i < m; i += kSide) {
    for (Index j = 0; j <= i; j += kSide) tiles.emplace_back(i, j);
  }
  threads.for_tiles(std::ssize(tiles), [&](Index t) {
    const Index i = tiles[static_cast<std::size_t>(t)].first, j = tiles[static_cast<std::size_t>(t)].second;
    const Index rows = std::min(kSide, m - i), cols = std::min(kSide, m - j);
    A.block(i, j, rows, cols).noalias() += B.middleCols(i, rows).transpose() * B.middleCols(j, cols);
  });
}

}  // namespace maha::linalg
