#include "prepare/draw/draw_pairs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "core/error.hpp"
#include "core/random.hpp"

using namespace maha;
using namespace maha::prepare;

namespace {

const Labels kLabels = {2, 0, 0, 1, 0, 1, 2, 1, 1, 0};  // 4, 4 and 2 rows: 6 + 6 + 1 similar pairs of 45

bool ordered(const Pairs& pairs) {
  return std::is_sorted(pairs.begin(), pairs.end(),
                        [](const Pair& a, const Pair& b) { return a.i != b.i ? a.i < b.i : a.j < b.j; });
}

Pairs all(const Labels& y) {
  Pairs pairs;
  for_each_pair(y, [&](const Pair& pair) { pairs.push_back(pair); });
  return pairs;
}

}  // namespace

TEST_CASE("every pair of rows is similar or dissimilar, and counted") {
  const Pairs pairs = all(kLabels);
  CHECK(pairs.size() == 45);
  CHECK(ordered(pairs));
  CHECK(count_pairs(kLabels).similar == 13);
  CHECK(count_pairs(kLabels).dissimilar == 32);
  CHECK(std::count_if(pairs.begin(), pairs.end(), [](const Pair& p) { return p.similar; }) == 13);
  CHECK(count_pairs({}).dissimilar == 0);
}

TEST_CASE("drawing as many pairs as there are gives each of them once") {
  CHECK(draw_pairs(kLabels, 13, 32, 1) == all(kLabels));
}

TEST_CASE("pairs are drawn without replacement, seeded, each equally likely") {
  const Pairs once = draw_pairs(kLabels, 3, 5, 7);
  CHECK(once == draw_pairs(kLabels, 3, 5, 7));
  CHECK(once != draw_pairs(kLabels, 3, 5, 8));
  CHECK(ordered(once));
  const Pairs pairs = all(kLabels);
  std::map<std::pair<Index, Index>, int> times;
  int faults = 0;
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    const Pairs drawn = draw_pairs(kLabels, 3, 5, seed);
    faults += drawn.size() != 8;
    for (const Pair& pair : drawn) {
      ++times[{pair.i, pair.j}];
      faults += std::find(pairs.begin(), pairs.end(), pair) == pairs.end();
    }
  }
  CHECK(faults == 0);
  for (const Pair& pair : pairs) {  // 923 +- 27 and 625 +- 23
    const double expected = 4000 * (pair.similar ? 3.0 / 13 : 5.0 / 32);
    faults += std::abs(times[{pair.i, pair.j}] - expected) > 4.5 * std::sqrt(expected);
  }
  CHECK(faults == 0);
}

TEST_CASE("ranks of pairs hold for large classes too") {
  Labels y(100000, 0);
  for (std::size_t i = 0; i < y.size(); i += 3) y[i] = 1;
  const Pairs pairs = draw_pairs(y, 20000, 20000, 1);
  int faults = 0;
  for (const Pair& p : pairs) {
    faults += p.i < 0 || p.i >= p.j || p.j >= 100000 ||
              p.similar != (y[static_cast<std::size_t>(p.i)] == y[static_cast<std::size_t>(p.j)]);
  }
  CHECK(faults == 0);
  CHECK(std::adjacent_find(pairs.begin(), pairs.end()) == pairs.end());
}

TEST_CASE("asking for more pairs than there are tells how many there are") {
  CHECK_THROWS_WITH_AS(draw_pairs(kLabels, 14, 0, 1), "14 similar pairs are wanted: there are 13", InputError);
  CHECK_THROWS_WITH_AS(draw_pairs({0, 0}, 0, 1, 1), "all 2 rows are of one class: there is no dissimilar pair",
                       InputError);
  CHECK_THROWS_AS(draw_pairs(kLabels, -1, 0, 1), InputError);
}

TEST_CASE("nearest pairs are those of a search by comparing all") {
  Random random(2);
  Matrix X(60, 3);
  for (double& x : X.reshaped()) x = std::floor(4 * random.uniform());  // many ties
  Labels y(60);
  for (int& label : y) label = static_cast<int>(random.below(3));
  Pairs expected;
  for (Index i = 0; i < 60; ++i) {
    for (const bool similar : {true, false}) {
      std::vector<std::pair<double, Index>> found;
      for (Index j = 0; j < 60; ++j) {
        if (j == i || (y[static_cast<std::size_t>(i)] == y[static_cast<std::size_t>(j)]) != similar) continue;
        found.emplace_back((X.row(i) - X.row(j)).squaredNorm(), j);
      }
      std::sort(found.begin(), found.end());
      for (std::size_t e = 0; e < 4; ++e) {
        expected.push_back({std::min(i, found[e].second), std::max(i, found[e].second), similar});
      }
    }
  }
  std::sort(expected.begin(), expected.end(),
            [](const Pair& a, const Pair& b) { return a.i != b.i ? a.i < b.i : a.j < b.j; });
  expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
  CHECK(nearest_pairs(X, y, 4) == expected);
  CHECK(nearest_pairs(X, y, 4, Threads(3)) == expected);
  CHECK_THROWS_AS(nearest_pairs(X, y, 0), InputError);
  CHECK_THROWS_AS(nearest_pairs(X, y, 59), InputError);
  CHECK_THROWS_WITH_AS(nearest_pairs(X, Labels(60, 0), 1), "all 60 rows are of one class: there is no dissimilar pair",
                       InputError);
}
