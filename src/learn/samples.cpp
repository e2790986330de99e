#include "learn/samples.hpp"

#include "core/error.hpp"

namespace maha::learn {

const metric::Metric* start_metric(const Samples& samples) {
  if (!samples.init) return nullptr;
  const auto* metric = std::get_if<metric::Metric>(&*samples.init);
  if (!metric) throw InputError("a network is no metric to start from");
  if (metric->dims() == samples.X.cols()) return metric;
  throw InputError("a metric over " + std::to_string(metric->dims()) + " features was given for data with " +
                   std::to_string(samples.X.cols()));
}

}  // namespace maha::learn
