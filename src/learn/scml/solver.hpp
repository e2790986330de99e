#pragma once

#include "core/run.hpp"
#include "core/triplets.hpp"

namespace maha::learn::scml {

/// min over w >= 0 of  beta sum w + mean over triplets t = (i, j, l) of [1 + sum_b w_b c_tb]_+,
/// c_tb = (Y_ib - Y_jb)^2 - (Y_ib - Y_lb)^2. Y: n x K, the rows along each direction.
struct ScmlProblem {
  const Matrix& Y;
  const Triplets& triplets;
  double beta;
};

struct ScmlSolution {
  Vector w;  ///< K
  double objective = 0, bound = 0;
  Index active = 0;  ///< triplets with a hinge
  int iterations = 0;
  bool converged = false;

  double gap() const { return objective > bound ? (objective - bound) / objective : 0; }
};

/// By a primal-dual interior-point method. From a converged w the smallest are set to 0 as long as the gap allows it.
ScmlSolution solve_scml(const ScmlProblem& problem, double tolerance, int max_iterations, const Run& run);

/// F(w) and the number of its hinges.
struct ScmlValue {
  double objective = 0;
  Index active = 0;
};
ScmlValue scml_value(const ScmlProblem& problem, const Vector& w, const Threads& threads);

/// A lower bound on the minimum from any 0 <= alpha <= 1, one for each triplet and T times the multipliers of the
/// means: with h_b = -sum_t alpha_t c_tb / T the larger of
///   mean alpha / max(1, max h / beta)  and  mean alpha - F (max h / beta - 1)_+,
/// the latter since beta sum w <= F at the minimum, F any value of the objective. Rounding of h is allowed for.
double scml_bound(const ScmlProblem& problem, const Vector& alpha, double F, const Threads& threads);

}  // namespace maha::learn::scml
