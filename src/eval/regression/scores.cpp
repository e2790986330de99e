#include "eval/regression/scores.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/error.hpp"
#include "linalg/units.hpp"

namespace maha::eval {

RegressionScores regression_scores(const Vector& truth, const Vector& predicted) {
  if (truth.size() == 0 || truth.size() != predicted.size()) {
    throw InputError(std::to_string(predicted.size()) + " predictions for " + std::to_string(truth.size()) + " rows");
  }
  const auto rows = static_cast<double>(truth.size());
  const double unit = linalg::unit_of(std::max(truth.cwiseAbs().maxCoeff(), predicted.cwiseAbs().maxCoeff()));
  const Vector y = truth / unit, error = predicted / unit - y;
  const double squares = error.squaredNorm(), total = (y.array() - y.mean()).square().sum();
  RegressionScores scores;
  scores.rmse = std::sqrt(squares / rows) * unit;
  scores.mae = error.cwiseAbs().sum() / rows * unit;
  const bool varies = (y.array() != y[0]).any();
  if (varies && std::isfinite(squares / total)) scores.r2 = 1 - squares / total;
  return scores;
}

}  // namespace maha::eval
