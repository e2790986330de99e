#include "core/stratified.hpp"

#include <doctest/doctest.h>

#include <map>
#include <numeric>

using namespace maha;

namespace {

/// Rows of class c: c + 1 times 3.
Labels uneven(int classes) {
  Labels y;
  for (int c = 0; c < classes; ++c) y.insert(y.end(), static_cast<std::size_t>(3 * (c + 1)), c);
  return y;
}

std::vector<int> counts(const Labels& y, const std::vector<int>& held) {
  std::map<int, int> of_class;
  for (std::size_t i = 0; i < y.size(); ++i) of_class[y[i]] += held[i];
  std::vector<int> all;
  for (const auto& [c, count] : of_class) all.push_back(count);
  return all;
}

int sum(const std::vector<int>& held) { return std::accumulate(held.begin(), held.end(), 0); }

}  // namespace

TEST_CASE("stratified share: round(n share) rows, of each class its due rounded up or down") {
  const Labels y = uneven(6);
  // 16 of 63 rows: 0.76, 1.52, 2.29, 3.05, 3.81, 4.57 are due, and the three largest remainders round up
  CHECK(counts(y, stratified_share(y, 0.25, 3)) == std::vector<int>{1, 1, 2, 3, 4, 5});
  CHECK(sum(stratified_share(y, 0, 1)) == 0);
  CHECK(sum(stratified_share(y, 1, 1)) == 63);
  CHECK(stratified_share({}, 0.5, 1).empty());
}

TEST_CASE("stratified share: as many rows of each class stay as are wanted, if there are") {
  const Labels y{0, 0, 0, 1, 1, 2};
  CHECK(counts(y, stratified_share(y, 0.99, 1, 2)) == std::vector<int>{1, 0, 0});
  CHECK(counts(y, stratified_share(y, 0.99, 1)) == std::vector<int>{3, 2, 1});
}

TEST_CASE("stratified share: it goes by which rows share an id, and by the seed") {
  const Labels y{4, 4, 4, 4, -1, -1, -1, -1}, renamed{0, 0, 0, 0, 7, 7, 7, 7};
  CHECK(stratified_share(y, 0.5, 1) == stratified_share(renamed, 0.5, 1));
  std::map<std::vector<int>, int> seen;
  for (std::uint64_t seed = 1; seed <= 720; ++seed) ++seen[stratified_share(y, 0.5, seed)];
  CHECK(seen.size() == 36);  // 6 pairs of each class, each 20 +- 4.5 times
  for (const auto& [held, count] : seen) CHECK(std::abs(count - 20) < 20);
}
