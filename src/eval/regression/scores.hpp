#pragma once

#include <optional>

#include "core/types.hpp"

namespace maha::eval {

/// How predicted numbers compare with the truth.
struct RegressionScores {
  double rmse = 0;             ///< root of the mean squared error
  double mae = 0;              ///< mean absolute error
  std::optional<double> r2{};  ///< 1 - sum (y - predicted)^2 / sum (y - mean y)^2; nothing if all y are equal
};

/// Of at least one row, finite numbers of any size. Throws InputError if the sizes differ, or there are none.
RegressionScores regression_scores(const Vector& truth, const Vector& predicted);

}  // namespace maha::eval
