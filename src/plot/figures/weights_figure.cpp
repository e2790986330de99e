#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

#include "plot/figures/feature_bars.hpp"
#include "plot/figures/figures.hpp"

namespace maha::plot {

Picture weights_figure(const std::vector<std::string>& features, const Vector& weights, const std::string& what,
                       Index top) {
  std::vector<Index> order(features.size());
  std::iota(order.begin(), order.end(), 0);
  const auto larger = [&](Index a, Index b) { return std::abs(weights(a)) > std::abs(weights(b)); };
  std::stable_sort(order.begin(), order.end(), larger);
  const auto count = static_cast<Index>(order.size()), shown = std::min(top, count);
  order.resize(static_cast<std::size_t>(shown));
  std::vector<std::string> names;
  for (const Index i : order) names.push_back(features[static_cast<std::size_t>(i)]);
  std::string title;
  if (shown < count) {
    title = "the largest " + std::to_string(shown) + " of " + std::to_string(count);
    char share[32];
    std::snprintf(share, sizeof share, ", %.0f%% of the sum", 100 * weights(order).sum() / weights.sum());
    if (weights.sum() > 0 && weights.minCoeff() >= 0) title += share;  // a part of what cancels says nothing
  }
  FeatureBars bars(names, 1);
  bars.add(weights(order));
  return bars.picture(title, what);
}

}  // namespace maha::plot
