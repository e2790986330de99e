#include "learn/lmnn/solver/start.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace maha::learn::lmnn {
namespace {

SquareMatrix impostor_scatter(const Problem& problem, const Cone& cone, const Point& point) {
  MeasuredPairs pairs;
  pairs.targets.begin.assign(static_cast<std::size_t>(point.P.rows() + 1), 0);
  pairs.impostors = problem.nearest_impostors(point.P, cone.team().threads());
  return cone.scatter(pairs, {Vector(), Vector::Ones(pairs.impostors.size())});
}

}  // namespace

Scaled best_scale(double pull, double mu, double weight, std::vector<double> margins) {
  // The slope at c is pull - mu weight (sum of the margins below 1 / c). Selection finds the corner where it changes
  // sign.
  double wanted = pull / (mu * weight);
  auto low = margins.begin(), high = margins.end();
  while (high - low > 1) {
    const auto middle = low + (high - low) / 2;
    std::nth_element(low, middle, high);
    const double sum = std::accumulate(low, middle, 0.0);
    if (sum >= wanted) {
      high = middle;
    } else {
      wanted -= sum;
      low = middle;
    }
  }
  if (low == margins.end() || *low <= 0) return {0, mu * weight * static_cast<double>(margins.size())};
  Scaled best{1 / *low, pull / *low};
  for (const double m : margins) best.objective += mu * weight * std::max(0.0, 1 - best.factor * m);
  return best;
}

Solution solution_at_zero(const Problem& problem, const Cone& cone, const LinearPart& all, bool want_dual) {
  const Dual dual = dual_from(cone, all);
  Solution solution;
  solution.point = cone.project(SquareMatrix::Zero(cone.identity().rows(), cone.identity().cols())).without_rows();
  solution.objective = all.alpha;
  solution.active = all.triplets;
  solution.converged = dual.lambda <= 1;
  if (solution.converged || !want_dual) solution.bound = dual.bound(solution.objective);
  if (solution.converged && want_dual) solution.dual = problem.all_multipliers();
  return solution;
}

SquareMatrix best_start(const Problem& problem, const Cone& cone, const LinearPart& all,
                        std::vector<SquareMatrix> candidates, const Run& run) {
  if (run.stop()) return candidates.front();
  const auto score = [&](const SquareMatrix& N, const Point& point) {
    Margins margins = problem.margins(point, cone.team().threads());
    return best_scale(N.cwiseProduct(cone.identity()).sum(), problem.mu(), margins.weight, std::move(margins.values));
  };
  SquareMatrix best;
  double lowest = std::numeric_limits<double>::infinity();
  const auto consider = [&](const SquareMatrix& N, const Point& point) {
    const Scaled scaled = score(N, point);
    if (scaled.objective >= lowest) return;
    lowest = scaled.objective;
    best = scaled.factor * N;
  };
  const Point first = cone.project(candidates.front());
  const SquareMatrix scatter = impostor_scatter(problem, cone, first);
  consider(candidates.front(), first);
  candidates.front() = scatter;
  for (const SquareMatrix& N : candidates) {
    if (!run.stop()) consider(N, cone.project(N));
  }
  if (best.size() > 0 && !best.isZero(0)) return best;
  const SquareMatrix fall = cone.project(all.H - cone.identity()).N;
  const double trace = fall.cwiseProduct(cone.identity()).sum();
  return trace > 0 ? SquareMatrix(0.5 * all.alpha / trace * fall) : cone.identity();
}

}  // namespace maha::learn::lmnn
