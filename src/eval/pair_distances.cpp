#include "eval/pair_distances.hpp"

#include <string>

#include "core/error.hpp"

namespace maha {

Vector pair_distances(const MatrixRef& A, const MatrixRef& B, const Pairs& pairs, const Threads& threads) {
  constexpr Index kTile = 4096;
  if (A.cols() != B.cols()) {
    throw InputError("rows of " + std::to_string(A.cols()) + " and of " + std::to_string(B.cols()) +
                     " columns have no distance");
  }
  Vector distances(static_cast<Index>(pairs.size()));
  threads.for_ranges(distances.size(), kTile, [&](Index begin, Index end) {
    for (Index p = begin; p < end; ++p) {
      const auto [i, j, similar] = pairs[static_cast<std::size_t>(p)];
      distances[p] = (A.row(i) - B.row(j)).norm();
    }
  });
  return distances;
}

}  // namespace maha
