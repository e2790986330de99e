/// Working sets of LMNN that do not have room for all that matters.

#include "learn/lmnn/problem/working_set.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "learn/lmnn/neighbors.hpp"
#include "learn/lmnn/solver/solver.hpp"
#include "learn/lmnn/solver/start.hpp"
#include "learn/lmnn/solver/whitening.hpp"
#include "neighbors/by_class.hpp"
#include "prepare/preprocessing.hpp"
#include "unit/dataset.hpp"

using namespace maha;
using namespace maha::learn::lmnn;

namespace {

struct Setting {
  Dataset data;
  RowLists targets;
  std::unique_ptr<Cone> cone;
};

Setting wine(bool diagonal) {
  Setting set;
  set.data = read_dataset("wine");
  set.data.X = prepare::fit_preprocessing(set.data.X, {prepare::Scale::zscore, 0}).apply(set.data.X);
  const neighbors::NeighborLists nearest = neighbors::nearest_in_class(set.data.X, set.data.y, 3);
  set.targets.other.assign(nearest.index.begin(), nearest.index.end());
  for (Index i = 1; i <= set.data.X.rows(); ++i) set.targets.begin.push_back(3 * i);
  const Threads one;
  set.cone = diagonal ? weight_cone(whiten_features(set.data.X, set.targets, 0.5, 1e-3, one).rows, one)
                      : psd_cone(whiten(set.data.X, set.targets, 0.5, 1e-3, one).rows, one);
  return set;
}

/// mu sum of hinges and its slope in N, of a pass at N.
struct Local {
  double value;
  SquareMatrix slope;
};
Local local(const FullPass& pass, const Point& point, const Cone& cone) {
  PairValues weights;
  const PairValues squared = squared_distances(pass.pairs, point.P, Threads());
  Local here{hinges(pass.pairs, squared, 0.5, 0, &weights, Threads()).value, cone.scatter(pass.pairs, weights)};
  if (pass.rest.triplets == 0) return here;
  here.value += pass.rest.alpha - pass.rest.H.cwiseProduct(point.N).sum();
  here.slope -= pass.rest.H;
  return here;
}

}  // namespace

TEST_CASE("lmnn working set: what it has no room for is in the linear part, so that nothing is missing at the point") {
  for (const bool diagonal : {false, true}) {
    const Setting set = wine(diagonal);
    const Point point = set.cone->project(0.01 * set.cone->identity());
    const FullPass all = NeighborProblem(set.data.y, set.targets, 0.5).full_pass(point, 0.1, *set.cone, Run());
    CHECK(all.rest.triplets == 0);
    const Local whole = local(all, point, *set.cone);
    CHECK(whole.value == doctest::Approx(all.hinges).epsilon(1e-12));
    for (const Index room : {5000, 500, 50}) {
      const NeighborProblem problem(set.data.y, set.targets, 0.5, {room});
      const FullPass pass = problem.full_pass(point, 0.1, *set.cone, Run());
      CHECK(pass.pairs.impostors.size() <= room);
      CHECK(pass.pairs.impostors.rows() == 178);
      CHECK(pass.hinges == doctest::Approx(all.hinges).epsilon(1e-12));
      CHECK(pass.active == all.active);
      CHECK(pass.rest.triplets > 0);
      const Local part = local(pass, point, *set.cone);
      CHECK(part.value == doctest::Approx(whole.value).epsilon(1e-10));
      CHECK((part.slope - whole.slope).norm() <= 1e-10 * whole.slope.norm());
      const NeighborProblem proof(set.data.y, set.targets, 0.5, {room, true});
      CHECK_THROWS_AS(proof.full_pass(point, 0.1, *set.cone, Run()), InputError);
    }
  }
}

TEST_CASE("lmnn working set: at N = 0 the linear part is all there is, the sum of all pairs one by one") {
  for (const bool diagonal : {false, true}) {
    const Setting set = wine(diagonal);
    const Point zero = set.cone->project(0 * set.cone->identity());
    const NeighborProblem problem(set.data.y, set.targets, 0.5);
    const FullPass pass = problem.full_pass(zero, 0, *set.cone, Run());
    CHECK(pass.pairs.impostors.size() == 0);
    MeasuredPairs pairs{set.targets, {}};
    for (Index i = 0; i < 178; ++i) {
      for (int l = 0; l < 178; ++l) {
        if (set.data.y[l] != set.data.y[i]) pairs.impostors.other.push_back(l);
      }
      pairs.impostors.begin.push_back(pairs.impostors.size());
    }
    CHECK(pass.active == 3 * pairs.impostors.size());
    PairValues weights;
    const PairValues none{Vector::Zero(pairs.targets.size()), Vector::Zero(pairs.impostors.size())};
    CHECK(pass.hinges == doctest::Approx(hinges(pairs, none, 0.5, 0, &weights, Threads()).value).epsilon(1e-12));
    const SquareMatrix slope = set.cone->scatter(pairs, weights);
    CHECK((pass.rest.H + slope).norm() <= 1e-10 * slope.norm());
  }
}

TEST_CASE("lmnn working set: a fit with little room comes to the same optimum, by the same proof") {
  const Setting set = wine(false);
  for (const Index room : {6000, 3000}) {
    const NeighborProblem problem(set.data.y, set.targets, 0.5, {room});
    const LinearPart all = problem.all_triplets(*set.cone);
    const Solution zero = solution_at_zero(problem, *set.cone, all, false);
    const SquareMatrix start = best_start(problem, *set.cone, all, {set.cone->identity()}, {});
    const Solution found = solve(problem, *set.cone, start, zero, {1e-3, 2000}, Run());
    CHECK(found.objective >= 208.911163);
    CHECK(found.objective <= 208.911164 * 1.01);
    CHECK(found.bound <= 208.911165);
    CHECK(found.bound >= 208.911164 * 0.99);
  }
}

TEST_CASE("lmnn working set: a sample of the rows stands for all") {
  const Setting set = wine(false);
  std::vector<Index> even;
  for (Index i = 0; i < 178; i += 2) even.push_back(i);
  const NeighborProblem problem(set.data.y, set.targets, 0.5), half(set.data.y, set.targets, 1, {}, even);
  const LinearPart all = problem.all_triplets(*set.cone), some = half.all_triplets(*set.cone);
  CHECK(some.alpha == doctest::Approx(all.alpha).epsilon(0.02));
  CHECK((some.H - all.H).norm() <= 0.2 * all.H.norm());
  const Point point = set.cone->project(0.05 * set.cone->identity());
  const FullPass pass = half.full_pass(point, 0, *set.cone, Run());
  const FullPass whole = problem.full_pass(point, 0, *set.cone, Run());
  CHECK(pass.hinges == doctest::Approx(whole.hinges).epsilon(0.2));
  for (Index i = 1; i < 178; i += 2) CHECK(pass.pairs.impostors.begin[i] == pass.pairs.impostors.begin[i + 1]);
}
