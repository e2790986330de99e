#include "eval/statistics/folds.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>

#include "core/error.hpp"
#include "core/random.hpp"

using namespace maha;
using namespace maha::eval;

namespace {

/// n rows of some classes of very different sizes, in no order.
Labels uneven_labels(int n, std::uint64_t seed) {
  Random random(seed);
  Labels y;
  for (int i = 0; i < n; ++i) y.push_back(static_cast<int>(std::sqrt(static_cast<double>(random.below(40)))));
  return y;
}

/// The rows of each class in each part: counts[class][part].
std::map<int, std::vector<int>> table(const Labels& y, const std::vector<int>& part, int parts) {
  std::map<int, std::vector<int>> counts;
  for (std::size_t i = 0; i < y.size(); ++i) {
    auto& row = counts.try_emplace(y[i], parts, 0).first->second;
    ++row.at(static_cast<std::size_t>(part[i]));
  }
  return counts;
}

Labels renamed(const Labels& y) {
  Labels z;
  for (const int c : y) z.push_back(1000 - 7 * c);
  return z;
}

/// Groups of 1 to 5 consecutive rows.
Labels groups_of(const Labels& y, std::uint64_t seed) {
  Random random(seed);
  Labels groups;
  for (int g = 0; groups.size() < y.size(); ++g) groups.insert(groups.end(), random.below(5) + 1, g);
  groups.resize(y.size());
  return groups;
}

/// One digit for each row.
std::string digits(const std::vector<int>& part) {
  std::string text;
  for (const int p : part) text += std::to_string(p);
  return text;
}

bool keeps_whole(const Labels& groups, const std::vector<int>& part) {
  std::map<int, std::set<int>> parts_of;
  for (std::size_t i = 0; i < groups.size(); ++i) parts_of[groups[i]].insert(part[i]);
  return std::all_of(parts_of.begin(), parts_of.end(), [](const auto& entry) { return entry.second.size() == 1; });
}

}  // namespace

TEST_CASE("hold-out: round(n share) rows, each class its due within one") {
  for (const int n : {3, 7, 50, 211}) {
    const Labels y = uneven_labels(n, 1);
    for (const double share : {0.25, 0.3, 0.5, 0.75}) {
      const std::vector<int> test = stratified_hold_out(y, share, 1);
      CHECK(std::count(test.begin(), test.end(), 1) == std::floor(n * share + 0.5));
      for (const auto& [c, counts] : table(y, test, 2)) {
        const double due = (counts[0] + counts[1]) * std::floor(n * share + 0.5) / n;
        CHECK(std::abs(counts[1] - due) < 1);
      }
    }
  }
}

TEST_CASE("folds: sizes differ by at most one, those of every class too") {
  for (const int n : {10, 57, 211}) {
    const Labels y = uneven_labels(n, 2);
    for (const int folds : {2, 3, 10}) {
      const std::vector<int> fold = stratified_folds(y, folds, 5);
      REQUIRE(fold.size() == y.size());
      std::vector<int> sizes(static_cast<std::size_t>(folds), 0);
      for (const auto& [c, counts] : table(y, fold, folds)) {
        const auto [least, most] = std::minmax_element(counts.begin(), counts.end());
        CHECK(*most - *least <= 1);
        for (std::size_t f = 0; f < counts.size(); ++f) sizes[f] += counts[f];
      }
      const auto [least, most] = std::minmax_element(sizes.begin(), sizes.end());
      CHECK(*most - *least <= 1);
    }
  }
}

TEST_CASE("one fold as the test part") { CHECK(digits(fold_as_test({2, 0, 1, 2, 0}, 2)) == "10010"); }

TEST_CASE("splits do not depend on what classes and groups are called, but on the seed") {
  const Labels y = uneven_labels(90, 3);
  const Labels groups = groups_of(y, 4);
  CHECK(stratified_hold_out(y, 0.3, 1) == stratified_hold_out(renamed(y), 0.3, 1));
  CHECK(stratified_folds(y, 5, 1) == stratified_folds(renamed(y), 5, 1));
  CHECK(stratified_folds(y, 5, 1, groups) == stratified_folds(renamed(y), 5, 1, renamed(groups)));
  CHECK(stratified_hold_out(y, 0.3, 1) != stratified_hold_out(y, 0.3, 2));
  CHECK(stratified_folds(y, 5, 1) != stratified_folds(y, 5, 2));
  CHECK(stratified_folds(y, 5, 1, groups) != stratified_folds(y, 5, 2, groups));
}

TEST_CASE("splits are these on every platform") {
  const Labels y{0, 1, 0, 1, 2, 0, 0, 1, 2, 0, 1, 0};
  const Labels groups{5, 5, 6, 7, 7, 7, 8, 9, 9, 6, 4, 4};
  CHECK(digits(stratified_hold_out(y, 0.3, 1)) == "010010100001");
  CHECK(digits(stratified_folds(y, 3, 1)) == "002111002221");
  CHECK(digits(stratified_hold_out(y, 0.3, 1, groups)) == "000000100011");
  CHECK(digits(stratified_folds(y, 3, 1, groups)) == "221000022111");
}

TEST_CASE("every row is as likely as another of its class to be tested") {
  const Labels y{0, 0, 0, 0, 1, 1, 1, 1};
  std::vector<int> tested(y.size(), 0);
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    const std::vector<int> test = stratified_hold_out(y, 0.25, seed);
    for (std::size_t i = 0; i < y.size(); ++i) tested[i] += test[i];
  }
  for (const int times : tested) CHECK(std::abs(times - 1000) < 120);  // more than 4 standard deviations
}

TEST_CASE("groups stay whole, and classes and sizes are shared out about evenly") {
  const Labels y = uneven_labels(600, 5);
  const Labels groups = groups_of(y, 6);
  const std::vector<int> fold = stratified_folds(y, 5, 1, groups);
  CHECK(keeps_whole(groups, fold));
  for (const auto& [c, counts] : table(y, fold, 5)) {
    const auto [least, most] = std::minmax_element(counts.begin(), counts.end());
    CHECK(*most - *least <= 4);
  }
  const std::vector<int> test = stratified_hold_out(y, 0.3, 1, groups);
  CHECK(keeps_whole(groups, test));
  for (const auto& [c, counts] : table(y, test, 2)) CHECK(std::abs(counts[1] - 0.3 * (counts[0] + counts[1])) <= 3);
}

TEST_CASE("groups of one row each are stratified as rows are") {
  const Labels y = uneven_labels(101, 7);
  Labels groups;
  for (int i = 0; i < 101; ++i) groups.push_back(i);
  for (const auto& [c, counts] : table(y, stratified_folds(y, 4, 1, groups), 4)) {
    const auto [least, most] = std::minmax_element(counts.begin(), counts.end());
    CHECK(*most - *least <= 1);
  }
  for (const auto& [c, counts] : table(y, stratified_hold_out(y, 0.3, 1, groups), 2)) {
    CHECK(std::abs(counts[1] - 0.3 * (counts[0] + counts[1])) <= 1);
  }
}

TEST_CASE("what leaves a part empty is refused") {
  const Labels y{0, 0, 1};
  CHECK_THROWS_AS(stratified_hold_out(y, 0, 1), InputError);
  CHECK_THROWS_AS(stratified_hold_out(y, 1, 1), InputError);
  CHECK_THROWS_AS(stratified_hold_out(y, std::nan(""), 1), InputError);
  CHECK_THROWS_AS(stratified_hold_out(y, 0.1, 1), InputError);
  CHECK_THROWS_AS(stratified_hold_out(y, 0.9, 1), InputError);
  CHECK_THROWS_AS(stratified_hold_out({}, 0.5, 1), InputError);
  CHECK_THROWS_AS(stratified_hold_out(y, 0.5, 1, {7, 7, 7}), InputError);
  CHECK_THROWS_AS(stratified_hold_out(y, 0.5, 1, {7, 7}), InputError);
  CHECK_THROWS_AS(stratified_folds(y, 1, 1), InputError);
  CHECK_THROWS_AS(stratified_folds(y, 4, 1), InputError);
  CHECK_THROWS_AS(stratified_folds(y, 3, 1, {7, 7, 8}), InputError);
  CHECK(stratified_folds(y, 3, 1).size() == 3);
}
