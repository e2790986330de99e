#include "eval/regression/knn_regressor.hpp"

#include <algorithm>
#include <string>

#include "core/error.hpp"
#include "eval/knn/neighbor_weight.hpp"
#include "linalg/units.hpp"

namespace maha::eval {
namespace {

constexpr int kCommon = 990;  // powers of two up to which sums of targets are far from overflow

void check_targets(const neighbors::NeighborLists& neighbors, const Vector& target, const std::vector<Index>& ks) {
  for (const Index k : ks) {
    if (k >= 1 && k <= neighbors.k) continue;
    throw InputError("k = " + std::to_string(k) + " is not between 1 and the " + std::to_string(neighbors.k) +
                     " neighbours that were searched");
  }
  for (const Index i : neighbors.index) {
    if (i >= 0 && i < target.size()) continue;
    throw InputError("row " + std::to_string(i + 1) + " has no target: there are " + std::to_string(target.size()));
  }
}

}  // namespace

std::vector<KnnEstimate> knn_means(const neighbors::NeighborLists& neighbors, const Vector& target,
                                   const std::vector<Index>& ks, Averaging averaging) {
  check_targets(neighbors, target, ks);
  const auto width = static_cast<std::size_t>(neighbors.k);
  const std::size_t queries = width == 0 ? 0 : neighbors.index.size() / width;
  const double unit = target.size() == 0 ? 1 : linalg::unit_of(target.cwiseAbs().maxCoeff(), kCommon);
  std::vector<KnnEstimate> estimates;
  for (const Index k : ks) estimates.push_back({k, Vector(static_cast<Index>(queries))});
  for (std::size_t q = 0; q < queries; ++q) {
    double weights = 0, sum = 0;
    for (std::size_t j = 0; j < width; ++j) {
      const std::size_t at = q * width + j;
      const double w = averaging == Averaging::weighted ? neighbor_weight(neighbors, q * width, at) : 1.0;
      weights += w;
      sum += w * (target[neighbors.index[at]] / unit);
      for (KnnEstimate& estimate : estimates) {
        if (estimate.k == static_cast<Index>(j) + 1) estimate.value[static_cast<Index>(q)] = sum / weights * unit;
      }
    }
  }
  return estimates;
}

}  // namespace maha::eval
