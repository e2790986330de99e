#pragma once
/// Where LMNN's solver starts from.

#include <vector>

#include "learn/lmnn_problem.hpp"

namespace maha::lmnn {

/// The best of some points and of the scatter of nearest impostors (under the first of the points), each scaled
/// optimally; judged by a sample of pairs. The identity of the whitened space would be a bad start in many dimensions.
SquareMatrix best_start(const Problem& problem, const Cone& cone, std::vector<SquareMatrix> candidates);

/// c >= 0 and the objective there, min over c of c pull + mu weight sum over margins m of [1 - c m]_+. That sum is
/// convex and piecewise linear in c with a corner at each 1 / m. Where it only grows with c the first corner is taken,
/// and c = 0 if no margin is positive.
struct Scaled {
  double factor = 0, objective = 0;
};
Scaled best_scale(double pull, double mu, double weight, std::vector<double> margins);

}  // namespace maha::lmnn
