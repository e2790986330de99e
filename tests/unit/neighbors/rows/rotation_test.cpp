#include "neighbors/rows/rotation.hpp"

#include <doctest/doctest.h>

#include "unit/neighbors/filter_problem.hpp"

using namespace maha;
using namespace maha::neighbors;

TEST_CASE("rotation: a row that counts is within reach in the coarse and in the fine coordinates") {
  check_drops_nothing({1, 16, 33, 100}, kernel_named(""), [](FilterProblem& problem, Tally& tally) {
    const MappedRows &own = problem.prepared->mapped, &asked = problem.mapped;
    for (Index q = 0; q < problem.tile().size(); ++q) {
      const Index place = problem.tile().position(q);
      for (Index id = 0; id < problem.X.rows(); ++id) {
        const double coarse = (asked.coarse.view().row(place) - own.coarse.view().row(id)).norm();
        const double fine =
            (asked.fine.view().row(place).cast<double>() - own.fine.view().row(id).cast<double>()).norm();
        const bool near = coarse <= problem.reach().coarse(q, own.coarse_error[id]) &&
                          fine <= problem.reach().fine(q, own.fine_error[id]);
        tally.add(problem.counts(q, id), near);
      }
    }
  });
}

TEST_CASE("rotation: with the rows' errors a distance in alpha is no longer than the scaled one") {
  check_drops_nothing({16, 33, 100, 200}, kernel_named("portable"), [](FilterProblem& problem, Tally& tally) {
    const MappedRows& own = problem.prepared->mapped;
    for (Index a = 0; a < problem.X.rows(); ++a) {
      for (Index b = 0; b < a; ++b) {
        const double exact = reach(squared_distance(problem.X.data() + a * problem.X.cols(),
                                                    problem.X.data() + b * problem.X.cols(), problem.X.cols()),
                                   problem.prepared->rotation.scale(), problem.X.cols());
        const double coarse = (own.coarse.view().row(a) - own.coarse.view().row(b)).norm();
        tally.add(true, coarse <= (exact + own.coarse_error[a] + own.coarse_error[b]) * kSlack);
        tally.add(false, coarse <= exact / 2);
      }
    }
  });
}
