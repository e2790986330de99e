#include "learn/lmnn/units.hpp"

#include "linalg/units.hpp"

namespace maha::lmnn {

LmnnResult in_safe_units(const MatrixRef& X, const LmnnOptions& options,
                         const std::function<LmnnResult(const MatrixRef&, const LmnnOptions&)>& fit) {
  const double unit = unit_of_rows(X);
  if (unit == 1) return fit(X, options);
  LmnnOptions in_units = options;
  if (options.init) in_units.init = options.init->scaled(unit);
  LmnnResult result = fit(X / unit, in_units);
  result.metric = result.metric.scaled(1 / unit);
  return result;
}

}  // namespace maha::lmnn
