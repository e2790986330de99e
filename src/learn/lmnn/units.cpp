#include "learn/lmnn/units.hpp"

#include <optional>

#include "linalg/units.hpp"

namespace maha::lmnn {

Fit in_safe_units(const Samples& samples, const std::function<Fit(const MatrixRef& X, const Metric* init)>& fit) {
  const Metric* start = start_metric(samples);
  const double unit = unit_of_rows(samples.X);
  if (unit == 1) return fit(samples.X, start);
  std::optional<Metric> init;
  if (start) init = start->scaled(unit);
  Fit done = fit(samples.X / unit, init ? &*init : nullptr);
  done.metric = done.linear().scaled(1 / unit);
  return done;
}

}  // namespace maha::lmnn
