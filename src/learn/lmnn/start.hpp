#pragma once
/// Where LMNN's solver starts from.

#include <vector>

#include "learn/lmnn/solver.hpp"

namespace maha::lmnn {

/// N = 0, where every hinge is 1, and what the multipliers mu of all triplets prove: they are the proof that N = 0 is
/// the optimum, where it is. The dual is listed, if wanted, in that case alone.
Solution solution_at_zero(const Problem& problem, const Cone& cone, const LinearPart& all, bool want_dual);

/// The best of some points and of the scatter of nearest impostors (under the first of the points), each scaled
/// optimally; judged by a sample of pairs. The identity of the whitened space would be a bad start in many dimensions.
/// Where no scale is better than 0, the direction in which the objective falls fastest from there, `all` being the
/// triplets at N = 0.
SquareMatrix best_start(const Problem& problem, const Cone& cone, const LinearPart& all,
                        std::vector<SquareMatrix> candidates);

/// c >= 0 and the objective there, min over c of c pull + mu weight sum over margins m of [1 - c m]_+. That sum is
/// convex and piecewise linear in c with a corner at each 1 / m. Where it only grows with c the first corner is taken,
/// and c = 0 if no margin is positive.
struct Scaled {
  double factor = 0, objective = 0;
};
Scaled best_scale(double pull, double mu, double weight, std::vector<double> margins);

}  // namespace maha::lmnn
