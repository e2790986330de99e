#include "prepare/draw/draw_triplets.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/error.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::prepare;

namespace {

const Labels kThree = {2, 0, 0, 1, 0, 2, 4};  // 3, 1, 2 and 1 rows

int class_of(const Labels& y, Index i) { return y[static_cast<std::size_t>(i)]; }

bool judges(const Labels& y, const Triplet& t) {
  return t.anchor != t.near && class_of(y, t.anchor) == class_of(y, t.near) &&
         class_of(y, t.anchor) != class_of(y, t.far);
}

bool judges(const Labels& y, const Quadruplet& q) {
  return q.i < q.j && class_of(y, q.i) == class_of(y, q.j) && q.k < q.l && class_of(y, q.k) != class_of(y, q.l) &&
         q.weight == 1;
}

Triplets every_triplet(const Labels& y) {
  Triplets all;
  const auto n = static_cast<Index>(y.size());
  for (Index i = 0; i < n * n * n; ++i) {
    const Triplet t{i / n / n, i / n % n, i % n};
    if (judges(y, t)) all.push_back(t);
  }
  return all;
}

Quadruplets every_quadruplet(const Labels& y) {
  Quadruplets all;
  const auto n = static_cast<Index>(y.size());
  for (Index i = 0; i < n * n * n * n; ++i) {
    const Quadruplet q{i / n / n / n, i / n / n % n, i / n % n, i % n};
    if (judges(y, q)) all.push_back(q);
  }
  return all;
}

/// Whether each of `all` is drawn about as often as any other in 3000 draws of `count`.
template <class Item, class Draw>
bool equally_often(const std::vector<Item>& all, Index count, const Draw& draw) {
  std::map<Item, int> times;
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    for (const Item& item : draw(kThree, count, seed)) ++times[item];
  }
  const double due = 3000.0 * static_cast<double>(count) / static_cast<double>(all.size());
  return times.size() == all.size() && std::all_of(times.begin(), times.end(), [&](const auto& entry) {
           return std::abs(entry.second - due) < 4.5 * std::sqrt(due);
         });
}

}  // namespace

TEST_CASE("triplets and quadruplets: as many as there are is each of them once, in order") {
  CHECK(draw_triplets(kThree, count_triplets(kThree), 1) == every_triplet(kThree));
  CHECK(draw_quadruplets(kThree, count_quadruplets(kThree), 1) == every_quadruplet(kThree));
  CHECK(count_triplets(kThree) == 34);     // 6 pairs of anchor and near with 4 others, 2 with 5
  CHECK(count_quadruplets(kThree) == 68);  // 4 similar pairs, 17 dissimilar ones
  CHECK(count_triplets({0, 0}) == 0);
  CHECK(count_triplets({0, 1}) == 0);
  CHECK(count_quadruplets({0, 1}) == 0);
  CHECK(count_quadruplets({}) == 0);
}

TEST_CASE("triplets and quadruplets are drawn without replacement, seeded, each equally likely") {
  CHECK(draw_triplets(kThree, 5, 7) == draw_triplets(kThree, 5, 7));
  CHECK(draw_triplets(kThree, 5, 7) != draw_triplets(kThree, 5, 8));
  CHECK(draw_quadruplets(kThree, 5, 7) == draw_quadruplets(kThree, 5, 7));
  CHECK(draw_quadruplets(kThree, 5, 7) != draw_quadruplets(kThree, 5, 8));
  CHECK(equally_often(every_triplet(kThree), 7, draw_triplets));
  CHECK(equally_often(every_quadruplet(kThree), 7, draw_quadruplets));
}

TEST_CASE("triplets and quadruplets of more rows than can be counted in all") {
  Labels y(3500000);
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = i % 3 == 0;
  CHECK(count_triplets(y) == std::numeric_limits<Index>::max());
  const Triplets triplets = draw_triplets(y, 1000, 3);
  const Quadruplets quadruplets = draw_quadruplets(y, 1000, 3);
  CHECK(std::all_of(triplets.begin(), triplets.end(), [&](const Triplet& t) { return judges(y, t); }));
  CHECK(std::all_of(quadruplets.begin(), quadruplets.end(), [&](const Quadruplet& q) { return judges(y, q); }));
  CHECK(std::is_sorted(triplets.begin(), triplets.end()));
  CHECK(std::adjacent_find(triplets.begin(), triplets.end()) == triplets.end());
  const auto rare = std::count_if(triplets.begin(), triplets.end(), [](const Triplet& t) { return t.anchor % 3 == 0; });
  CHECK(std::abs(static_cast<double>(rare) - 1000.0 / 3) < 70);  // (1/3)^2 (2/3) to (2/3)^2 (1/3): 1/3 +- 4.5 sd
}

TEST_CASE("triplets and quadruplets: more than there are are refused") {
  CHECK(test::refusal<InputError>([] { draw_triplets(kThree, 35, 1); }) == "35 triplets are wanted: there are 34");
  CHECK(test::refusal<InputError>([] { draw_quadruplets(kThree, 69, 1); }) ==
        "69 quadruplets are wanted: there are 68");
  CHECK_THROWS_AS(draw_triplets(kThree, -1, 1), InputError);
  CHECK_THROWS_AS(draw_quadruplets({0, 0}, 1, 1), InputError);
}
