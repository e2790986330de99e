#include "learn/lmnn/units.hpp"

#include <optional>

#include "linalg/units.hpp"

namespace maha::learn::lmnn {

Fit in_safe_units(const Samples& samples,
                  const std::function<Fit(const MatrixRef& X, const metric::Metric* init)>& fit) {
  const metric::Metric* start = start_metric(samples);
  const double unit = linalg::unit_of_rows(samples.X);
  if (unit == 1) return fit(samples.X, start);
  std::optional<metric::Metric> init;
  if (start) init = start->scaled(unit);
  Fit done = fit(samples.X / unit, init ? &*init : nullptr);
  done.divide_by(unit);
  return done;
}

}  // namespace maha::learn::lmnn
