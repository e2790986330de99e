/// LMNN on ranks that are threads: the same bits on any number of them.

#include <doctest/doctest.h>

#include <cmath>

#include "core/random.hpp"
#include "learn/lmnn/lmnn.hpp"
#include "learn/lmnn/neighbors.hpp"
#include "learn/lmnn/solver/whitening.hpp"
#include "neighbors/by_class.hpp"
#include "unit/dataset.hpp"
#include "unit/long_case.hpp"
#include "unit/rank_threads.hpp"

using namespace maha;
using namespace maha::learn;
using namespace maha::learn::lmnn;

namespace {

/// Overlapping clusters.
Dataset rows_of_classes(Index n, Index d, int classes) {
  Random random(7);
  Dataset data{Matrix(n, d), {}};
  for (double& x : data.X.reshaped()) x = random.uniform() + random.uniform() + random.uniform();
  for (Index i = 0; i < n; ++i) {
    data.y.push_back(static_cast<int>(i % classes));
    data.X(i, data.y.back() % d) += 0.9;
  }
  return data;
}

/// All that a fit has come to, and what it told on the way.
struct Told {
  std::vector<double> numbers{};
  std::string extras{};
  bool operator==(const Told&) const = default;
};

Told told_by(const Samples& samples, const LmnnOptions& options, const Ranks& ranks) {
  Told told;
  const auto tell = [&](double number) { told.numbers.push_back(number); };
  Run run;
  run.ranks = &ranks;
  run.progress = [&](const Progress& state) {
    tell(*state.objective);
    tell(*state.bound);
    return true;
  };
  const Fit fit = fit_lmnn(samples, options, run);
  const SquareMatrix M = fit.linear().matrix();
  for (const double m : M.reshaped()) tell(m);
  for (const double number : {*fit.objective, *fit.bound, *fit.gap}) tell(number);
  for (const TripletMultiplier& triplet : fit.dual) tell(triplet.alpha);
  tell(static_cast<double>(*fit.iterations));
  for (const auto& [key, value] : fit.extras.entries()) told.extras += key + " ";
  return told;
}

void check_same(const Samples& samples, const LmnnOptions& options) {
  const Told expected = told_by(samples, options, alone());
  for (int count = test::kSanitized ? 3 : 2; count <= 3; ++count) {
    CAPTURE(count);
    const std::size_t sent = test::on_ranks(count, [&](const Ranks& ranks) {
      if (!(told_by(samples, options, ranks) == expected)) throw std::logic_error("another fit");
    });
    CHECK(sent > 0);
  }
}

}  // namespace

TEST_CASE("lmnn over ranks: the same fit, to the bit, convex, of bounded rank, of weights, and with its proof") {
  const Dataset many = rows_of_classes(1100, 17, 3);  // several tiles of rows, wide enough for rows to be shared
  check_same({many.X, many.y}, {.k = 2, .max_iterations = 2});
  check_same({many.X, many.y}, {.k = 1, .max_iterations = 2, .rank = 3});
  const Dataset few = rows_of_classes(280, 6, 4);
  check_same({few.X, few.y}, {.max_iterations = 12, .want_dual = true});
  check_same({few.X, few.y}, {.max_iterations = 12, .diagonal = true});
  Samples samples{few.X, {}};
  for (Index i = 0; i + 9 < 280; ++i) samples.triplets.push_back({i, i + 4, i + 9});
  check_same(samples, {.max_iterations = 12});
}

TEST_CASE("lmnn over ranks: a working set that outgrows its room is cut at the same places") {
  const Dataset data = rows_of_classes(600, 5, 3);
  RowLists targets;
  const neighbors::NeighborLists nearest = neighbors::nearest_in_class(data.X, data.y, 3);
  targets.other.assign(nearest.index.begin(), nearest.index.end());
  for (Index i = 1; i <= data.X.rows(); ++i) targets.begin.push_back(3 * i);
  const WhiteRows rows = whiten(data.X, targets, 0.5, 1e-3, Threads()).rows;
  const NeighborProblem problem(data.y, targets, 0.5, {500});
  const auto pass_on = [&](const Ranks& ranks) {
    Run run;
    run.ranks = &ranks;
    const std::unique_ptr<Cone> cone = psd_cone(rows, run);
    return problem.full_pass(cone->project(0.1 * cone->identity()), 0.1, *cone, run);
  };
  const FullPass expected = pass_on(alone());
  REQUIRE(expected.rest.triplets > 0);
  test::on_ranks(3, [&](const Ranks& ranks) {
    const FullPass pass = pass_on(ranks);
    if (pass.hinges != expected.hinges || pass.pairs.impostors.other != expected.pairs.impostors.other ||
        pass.rest.H != expected.rest.H || pass.rest.doubt != expected.rest.doubt)
      throw std::logic_error("another pass");
  });
}

TEST_CASE("lmnn over ranks: whether it is asked to stop, it asks as often on all of them") {
  const Dataset data = rows_of_classes(280, 6, 4);
  for (const Index rank : {0, 2}) {
    test::on_ranks(3, [&](const Ranks& ranks) {
      Run run;
      run.ranks = &ranks;
      int asked = 0;
      run.stop_asked = [&] {  // as the tools do: the first rank says
        bool stop = ranks.is_first() && ++asked > 4;
        ranks.broadcast(&stop, 1, 0);
        return stop;
      };
      run.progress = [&](const Progress&) { return !run.stop(); };
      const Fit fit = fit_lmnn({data.X, data.y}, {.rank = rank}, run);
      if (*fit.converged) throw std::logic_error("was not stopped");
    });
  }
}
