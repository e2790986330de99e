#include "eval/regression/strata.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace maha::eval {
namespace {

constexpr Index kMostStrata = 10;     // deciles
constexpr Index kLeastOfStratum = 5;  // rows: with fewer, what a part gets of a stratum is mostly rounding

}  // namespace

Labels quantile_strata(const Vector& target) {
  const Index n = target.size(), strata = std::clamp<Index>(n / kLeastOfStratum, 1, kMostStrata);
  std::vector<Index> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return target[a] < target[b]; });
  Labels stratum(static_cast<std::size_t>(n));
  for (Index place = 0; place < n; ++place) {
    const auto row = static_cast<std::size_t>(order[static_cast<std::size_t>(place)]);
    const auto before = static_cast<std::size_t>(order[static_cast<std::size_t>(std::max<Index>(place, 1) - 1)]);
    const bool equal = place > 0 && target[static_cast<Index>(row)] == target[static_cast<Index>(before)];
    stratum[row] = equal ? stratum[before] : static_cast<int>(place * strata / n);
  }
  return stratum;
}

}  // namespace maha::eval
