#include "eval/knn/retrieval.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/random.hpp"
#include "unit/neighbors/brute_force.hpp"

using namespace maha;
using namespace maha::eval;

namespace {

Matrix column(std::initializer_list<double> values) {
  Matrix X(static_cast<Index>(values.size()), 1);
  Index i = 0;
  for (const double value : values) X(i++, 0) = value;
  return X;
}

/// By the definitions, from all distances sorted.
Retrieval slow_retrieval(const Matrix& X, const Labels& y, const Matrix& Q, const Labels& q, bool leave_one_out) {
  Retrieval mean;
  for (Index i = 0; i < Q.rows(); ++i) {
    auto all = all_distances(X, Q, i, leave_one_out);
    std::sort(all.begin(), all.end());
    std::vector<bool> hit;
    for (const auto& [squared, row] : all) {
      hit.push_back(y[static_cast<std::size_t>(row)] == q[static_cast<std::size_t>(i)]);
    }
    const auto hits = [&](Index k) {
      return static_cast<double>(std::count(hit.begin(), hit.begin() + std::min<Index>(k, std::ssize(hit)), true));
    };
    const auto R = static_cast<Index>(hits(std::ssize(hit)));
    ++(R == 0 ? mean.without : mean.queries);
    if (R == 0) continue;
    mean.recall_at_1 += hits(1) > 0;
    mean.recall_at_5 += hits(5) > 0;
    mean.recall_at_10 += hits(10) > 0;
    mean.r_precision += hits(R) / static_cast<double>(R);
    for (Index k = 1; k <= R; ++k) {
      if (hit[static_cast<std::size_t>(k - 1)]) mean.map_at_r += hits(k) / static_cast<double>(k * R);
    }
    mean.mean_reciprocal_rank += 1 / static_cast<double>(std::find(hit.begin(), hit.end(), true) - hit.begin() + 1);
  }
  for (double* value : {&mean.recall_at_1, &mean.recall_at_5, &mean.recall_at_10, &mean.r_precision, &mean.map_at_r,
                        &mean.mean_reciprocal_rank}) {
    *value /= static_cast<double>(mean.queries);
  }
  return mean;
}

void check_equal(const Retrieval& a, const Retrieval& b) {
  CHECK(a.queries == b.queries);
  CHECK(a.without == b.without);
  CHECK(a.recall_at_1 == doctest::Approx(b.recall_at_1).epsilon(1e-12));
  CHECK(a.recall_at_5 == doctest::Approx(b.recall_at_5).epsilon(1e-12));
  CHECK(a.recall_at_10 == doctest::Approx(b.recall_at_10).epsilon(1e-12));
  CHECK(a.r_precision == doctest::Approx(b.r_precision).epsilon(1e-12));
  CHECK(a.map_at_r == doctest::Approx(b.map_at_r).epsilon(1e-12));
  CHECK(a.mean_reciprocal_rank == doctest::Approx(b.mean_reciprocal_rank).epsilon(1e-12));
}

}  // namespace

TEST_CASE("retrieval: one query, worked by hand") {
  // neighbours of 0 in order: right, wrong, right, wrong, wrong, right; R = 3
  const neighbors::NeighborIndex index(column({1, 2, 3, 4, 5, 6}));
  const Retrieval found = evaluate_retrieval(index, {0, 1, 0, 1, 1, 0}, column({0}), {0});
  CHECK(found.queries == 1);
  CHECK(found.recall_at_1 == 1);
  CHECK(found.r_precision == doctest::Approx(2.0 / 3));
  CHECK(found.map_at_r == doctest::Approx((1 + 2.0 / 3) / 3));
  CHECK(found.mean_reciprocal_rank == 1);
}

TEST_CASE("retrieval: the first row of the class far down the list, and a class that there is not") {
  // 14 rows of another class before the only one of its own: rank 15
  Matrix X(15, 1);
  X.col(0).setLinSpaced(1, 15);
  Labels y(15, 1);
  y[14] = 0;
  const Retrieval found = evaluate_retrieval(neighbors::NeighborIndex(X), y, column({0, 3}), {0, 7});
  CHECK(found.queries == 1);
  CHECK(found.without == 1);
  CHECK(found.recall_at_10 == 0);
  CHECK(found.r_precision == 0);
  CHECK(found.map_at_r == 0);
  CHECK(found.mean_reciprocal_rank == doctest::Approx(1.0 / 15));
}

TEST_CASE("retrieval: leave-one-out, equal rows rank by their number") {
  // rows 0 and 1 are equal and of other classes: of row 2 (distance 1 to both) the first neighbour is row 0
  const Retrieval found = evaluate_retrieval(neighbors::NeighborIndex(column({1, 1, 2})), {0, 1, 1});
  CHECK(found.queries == 2);  // the class of row 0 has no other row
  CHECK(found.without == 1);
  // row 1: row 0, then row 2; row 2: row 0, then row 1
  CHECK(found.recall_at_1 == 0);
  CHECK(found.recall_at_5 == 1);
  CHECK(found.mean_reciprocal_rank == 0.5);
}

TEST_CASE("retrieval: brute force finds the same, duplicates and all, on any number of threads") {
  Random random(1);
  for (const Index d : {1, 3}) {
    Matrix X(400, d), Q(150, d);
    Labels y, q;
    for (double& value : X.reshaped()) value = static_cast<double>(random.below(12));
    for (double& value : Q.reshaped()) value = static_cast<double>(random.below(12));
    for (Index i = 0; i < X.rows(); ++i) y.push_back(static_cast<int>(random.below(9) * random.below(9)));
    for (Index i = 0; i < Q.rows(); ++i) q.push_back(static_cast<int>(random.below(9) * random.below(9)));
    const neighbors::NeighborIndex index(X);
    const Retrieval one = evaluate_retrieval(index, y, Q, q, Threads(1));
    check_equal(one, slow_retrieval(X, y, Q, q, false));
    check_equal(evaluate_retrieval(index, y), slow_retrieval(X, y, X, y, true));
    const Retrieval three = evaluate_retrieval(index, y, Q, q, Threads(3));
    CHECK(three.map_at_r == one.map_at_r);
    CHECK(three.mean_reciprocal_rank == one.mean_reciprocal_rank);
  }
}

TEST_CASE("retrieval: a perfect order scores 1; labels that do not fit are refused") {
  const Retrieval found =
      evaluate_retrieval(neighbors::NeighborIndex(column({0, 1, 2, 10, 11, 12})), {0, 0, 0, 1, 1, 1});
  for (const double value : {found.recall_at_1, found.recall_at_5, found.recall_at_10, found.r_precision,
                             found.map_at_r, found.mean_reciprocal_rank}) {
    CHECK(value == 1);
  }
  CHECK_THROWS_AS(evaluate_retrieval(neighbors::NeighborIndex(column({0, 1})), {0}), InputError);
}

TEST_CASE("retrieval does not know of the size of distances") {
  Random random(9);
  Matrix X(200, 2);
  for (double& x : X.reshaped()) x = random.uniform();
  Labels y;
  for (Index i = 0; i < X.rows(); ++i) y.push_back(static_cast<int>(random.below(100)));
  const Retrieval common = evaluate_retrieval(neighbors::NeighborIndex(X), y);
  for (const double unit : {0x1p700, 0x1p-700}) {
    const Retrieval found = evaluate_retrieval(neighbors::NeighborIndex(X * unit), y);
    CHECK(found.mean_reciprocal_rank == common.mean_reciprocal_rank);
    CHECK(found.map_at_r == common.map_at_r);
  }
}
