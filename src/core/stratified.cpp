#include "core/stratified.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "core/random.hpp"
#include "core/rows_by_class.hpp"

namespace maha {
namespace {

using Rows = std::vector<Index>;

constexpr Index kMostStrata = 10;     // deciles
constexpr Index kLeastOfStratum = 5;  // rows: with fewer, what a part gets of a stratum is mostly rounding

/// How many of each class are taken, `total` of n altogether: n_c total / n by largest remainder, in whole numbers.
std::vector<std::size_t> quotas(const std::vector<Rows>& classes, std::size_t total, std::size_t n) {
  std::vector<std::size_t> quota(classes.size()), order(classes.size());
  std::size_t left = total;
  for (std::size_t c = 0; c < classes.size(); ++c) left -= quota[c] = classes[c].size() * total / n;
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return classes[a].size() * total % n > classes[b].size() * total % n;
  });
  for (std::size_t i = 0; i < left; ++i) ++quota[order[i]];
  return quota;
}

}  // namespace

Labels numbered(Labels ids) {
  std::unordered_map<int, int> number;
  for (int& id : ids) id = number.try_emplace(id, static_cast<int>(number.size())).first->second;
  return ids;
}

std::vector<Rows> shuffled_classes(const Labels& y, std::uint64_t seed) {
  std::vector<Rows> classes = rows_by_class(numbered(y));
  Random random(seed);
  for (Rows& rows : classes) random.shuffle(rows);
  return classes;
}

std::vector<int> stratified_share(const Labels& y, double share, std::uint64_t seed, std::size_t stay) {
  const std::size_t n = y.size();
  const auto total = static_cast<std::size_t>(std::floor(static_cast<double>(n) * share + 0.5));
  const std::vector<Rows> classes = shuffled_classes(y, seed);
  const std::vector<std::size_t> quota = quotas(classes, total, n);
  std::vector<int> held(n, 0);
  for (std::size_t c = 0; c < classes.size(); ++c) {
    const Rows& rows = classes[c];
    const std::size_t count = std::min(quota[c], rows.size() - std::min(stay, rows.size()));
    for (std::size_t i = 0; i < count; ++i) held[static_cast<std::size_t>(rows[i])] = 1;
  }
  return held;
}

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

}  // namespace maha
