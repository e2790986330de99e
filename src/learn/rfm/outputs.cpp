#include "learn/rfm/outputs.hpp"

#include <string>

#include "core/error.hpp"
#include "core/stratified.hpp"
#include "linalg/units.hpp"

namespace maha::learn::rfm {

Outputs outputs_of(const Samples& samples) {
  if (samples.target.size() > 0) {
    const Matrix target = samples.target;
    if (target.minCoeff() == target.maxCoeff())
      throw InputError("the target is the same in all " + std::to_string(target.rows()) + " rows");
    return {target / linalg::unit_of_rows(target), quantile_strata(samples.target)};
  }
  const Index classes = classes_of(samples);
  Outputs outputs{{}, numbered(samples.y)};
  // The columns of two classes differ in sign alone, about their means: the second would give the same once more.
  outputs.Y = Matrix::Zero(samples.X.rows(), classes == 2 ? 1 : classes);
  for (Index i = 0; i < outputs.Y.rows(); ++i) {
    const Index c = outputs.groups[static_cast<std::size_t>(i)];
    if (c < outputs.Y.cols()) outputs.Y(i, c) = 1;
  }
  return outputs;
}

}  // namespace maha::learn::rfm
