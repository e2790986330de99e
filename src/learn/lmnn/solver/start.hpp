#pragma once
/// Where LMNN's solver starts from.

#include <vector>

#include "learn/lmnn/solver/solver.hpp"

namespace maha::learn::lmnn {

/// The solution N = 0, where every hinge is 1, with the bound that the multipliers mu of all triplets prove. If N = 0
/// is the optimum, they prove it; only then is the dual listed, if asked for.
Solution solution_at_zero(const Problem& problem, const Cone& cone, const LinearPart& all, bool want_dual);

/// The best of the candidates and of the scatter of nearest impostors (under the first candidate), each scaled
/// optimally and judged by a sample of pairs. The identity of the whitened space would be a bad start in many
/// dimensions. If no scale is better than 0, the direction in which the objective falls fastest from N = 0, `all` being
/// the triplets there. Where the run should stop, the best of those judged so far, or the first.
SquareMatrix best_start(const Problem& problem, const Cone& cone, const LinearPart& all,
                        std::vector<SquareMatrix> candidates, const Run& run);

/// The factor c >= 0 that minimises
///   c pull + mu weight sum over margins m of [1 - c m]_+ ,
/// and the minimum. The sum is convex and piecewise linear in c with a corner at each 1 / m. If it only grows with c,
/// the first corner is taken; c = 0 if no margin is positive.
struct Scaled {
  double factor = 0, objective = 0;
};
Scaled best_scale(double pull, double mu, double weight, std::vector<double> margins);

}  // namespace maha::learn::lmnn
