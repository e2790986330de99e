#include "neighbors/filters/boxes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/random.hpp"
#include "unit/neighbors/filter_problem.hpp"

using namespace maha;
using namespace maha::neighbors;

namespace {

Box random_box(Random& random, Index depth, double size) {
  Matrix ends(2, depth);
  for (Index i = 0; i < ends.size(); ++i) ends.data()[i] = (random.uniform() - 0.5) * size;
  return {ends, std::vector<Index>{0, 1}};
}

/// In float64.
double gap(const Box& a, const Box& b) { return (a.low - b.high).cwiseMax(b.low - a.high).cwiseMax(0.0).norm(); }

}  // namespace

TEST_CASE("gaps are those of the boxes but for rounding, and never more than most_computed() says") {
  Random random(1);
  for (const Index depth : {1, 5, 32}) {
    for (const double size : {1e-6, 1.0, 1e6}) {
      const Index count = 37;
      Boxes boxes(count, depth), one(1, depth);
      std::vector<Box> exact;
      for (Index i = 0; i < count; ++i) {
        exact.push_back(random_box(random, depth, size));
        boxes.set(i, exact.back());
      }
      const Box box = random_box(random, depth, size);
      one.set(0, box);
      std::vector<float> squared(static_cast<std::size_t>(boxes.padded())), again(squared), centres(squared);
      boxes.gaps(one, 0, squared.data());
      boxes.gaps_and_centres(one, 0, again.data(), centres.data());
      for (std::size_t i = 0; i < exact.size(); ++i) {
        const double distance = gap(exact[i], box);
        CHECK(squared[i] == again[i]);
        CHECK(squared[i] <= Boxes::most_computed(distance, depth));
        CHECK(std::sqrt(static_cast<double>(squared[i])) == doctest::Approx(distance).epsilon(1e-4));
        const double apart = (exact[i].low + exact[i].high - box.low - box.high).squaredNorm();
        CHECK(static_cast<double>(centres[i]) == doctest::Approx(apart).epsilon(1e-4));
      }
    }
  }
  CHECK(Boxes::most_computed(-1, 3) < 0);
}

TEST_CASE("points are boxes, and the box around them bounds their gaps") {
  Random random(2);
  const Index count = 20, depth = 7;
  Boxes points(count, depth), around(1, depth), box(1, depth);
  for (Index i = 0; i < count; ++i) {
    std::vector<double> x(static_cast<std::size_t>(depth));
    for (double& value : x) value = random.uniform();
    points.set_point(i, x.data());
  }
  points.bound(around);
  Matrix far(2, depth);
  far.row(0).setConstant(2);
  far.row(1).setConstant(3);
  box.set(0, Box(far, std::vector<Index>{0, 1}));
  std::vector<float> squared(static_cast<std::size_t>(points.padded())), whole(16);
  points.gaps(box, 0, squared.data());
  around.gaps(box, 0, whole.data());
  CHECK(whole[0] > 0);
  CHECK(whole[0] <= *std::min_element(squared.begin(), squared.begin() + count));
}

TEST_CASE("boxes: no block is out of reach of a query that a row of it counts for, nor of its tile") {
  check_drops_nothing({1, 3, 8, 16}, kernel_named(""), [](FilterProblem& problem, Tally& tally) {
    const Boxes& boxes = problem.prepared->blocks.boxes();
    const Index depth = problem.prepared->blocks.depth();
    Boxes points(problem.tile().size(), depth), around(1, depth);
    for (Index q = 0; q < problem.tile().size(); ++q) points.set_point(q, problem.tile().coarse(q));
    points.bound(around);
    std::vector<float> of_tile(static_cast<std::size_t>(boxes.padded()));
    std::vector<float> of_query(static_cast<std::size_t>(points.padded()));
    boxes.gaps(around, 0, of_tile.data());
    const Eigen::ArrayXf& widest = problem.reach().widest_gaps();
    for (Index b = 0; b < boxes.count(); ++b) {
      const Block& block = problem.prepared->blocks.all()[static_cast<std::size_t>(b)];
      points.gaps(boxes, b, of_query.data());
      for (const auto& [q, row] : problem.pairs(block)) {
        const bool visited = of_tile[static_cast<std::size_t>(b)] <= widest.maxCoeff();
        tally.add(problem.counts(q, problem.id(block, row)),
                  visited && of_query[static_cast<std::size_t>(q)] <= widest[q]);
      }
    }
  });
}
