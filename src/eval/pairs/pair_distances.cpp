#include "eval/pairs/pair_distances.hpp"

#include <cmath>
#include <string>

#include "core/error.hpp"
#include "linalg/wide_square.hpp"

namespace maha::eval {

Vector pair_distances(const MatrixRef& A, const MatrixRef& B, const Pairs& pairs, const Threads& threads) {
  constexpr Index kTogether = 4096;  // pairs that a thread measures at a time
  if (A.cols() != B.cols()) {
    throw InputError("rows of " + std::to_string(A.cols()) + " and of " + std::to_string(B.cols()) +
                     " columns have no distance");
  }
  Vector distances(static_cast<Index>(pairs.size()));
  threads.for_ranges(distances.size(), kTogether, [&](Index begin, Index end) {
    for (Index p = begin; p < end; ++p) {
      const auto [i, j, similar] = pairs[static_cast<std::size_t>(p)];
      const double* const a = A.data() + i * A.outerStride();
      const double* const b = B.data() + j * B.outerStride();
      distances[p] = linalg::length_of((A.row(i) - B.row(j)).squaredNorm(), a, b, A.cols());
      if (!std::isfinite(distances[p])) {
        throw InputError("the distance of pair " + std::to_string(p + 1) + " is too large for a number: it overflows");
      }
    }
  });
  return distances;
}

}  // namespace maha::eval
