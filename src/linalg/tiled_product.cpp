#include "linalg/tiled_product.hpp"

namespace maha::linalg {

Matrix tiled_product(const Matrix& A, const SquareMatrix& B, Index tile, const Threads& threads) {
  Matrix product(A.rows(), B.cols());
  threads.for_ranges(A.rows(), tile, [&](Index begin, Index end) {
    product.middleRows(begin, end - begin).noalias() = A.middleRows(begin, end - begin) * B;
  });
  return product;
}

}  // namespace maha::linalg
