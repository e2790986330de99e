#include "learn/samples.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/rows_by_class.hpp"
#include "core/text/counted.hpp"

namespace maha::learn {

const metric::Metric* start_metric(const Samples& samples) {
  if (!samples.init) return nullptr;
  const auto* metric = std::get_if<metric::Metric>(&*samples.init);
  if (!metric) throw InputError("a network is no metric to start from");
  if (metric->dims() == samples.X.cols()) return metric;
  throw InputError("a metric over " + counted(metric->dims(), "feature") + " was given for data with " +
                   std::to_string(samples.X.cols()));
}

Index classes_of(const Samples& samples) {
  const std::vector<Index> sizes = class_sizes(samples.y);
  const Index classes = std::count_if(sizes.begin(), sizes.end(), [](Index size) { return size > 0; });
  if (classes < 2) throw InputError("all " + std::to_string(samples.y.size()) + " rows are of one class");
  return classes;
}

void require_pairs_of_class(const Samples& samples) {
  if (classes_of(samples) < static_cast<Index>(samples.y.size())) return;
  throw InputError("no class has more than one row");
}

void require_triplets_of_rows(const Samples& samples) {
  const Index n = samples.X.rows();
  for (std::size_t t = 0; t < samples.triplets.size(); ++t) {
    const auto [i, j, l] = samples.triplets[t];
    if (std::min({i, j, l}) >= 0 && std::max({i, j, l}) < n && i != j && i != l && j != l) continue;
    throw InputError("triplet " + std::to_string(t + 1) + " is of rows " + std::to_string(i + 1) + ", " +
                     std::to_string(j + 1) + " and " + std::to_string(l + 1) + ": three different rows of 1 to " +
                     std::to_string(n) + " are wanted");
  }
}

}  // namespace maha::learn
