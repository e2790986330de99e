#include "learn/embedding/training/class_batches.hpp"

#include <doctest/doctest.h>

#include <map>
#include <numeric>
#include <set>

using namespace maha;
using namespace maha::learn::embedding;

namespace {

std::vector<Index> numbers(Index n) {
  std::vector<Index> all(static_cast<std::size_t>(n));
  std::iota(all.begin(), all.end(), 0);
  return all;
}

/// Rows of class c: c + 1 times 3.
Labels uneven(int classes) {
  Labels y;
  for (int c = 0; c < classes; ++c) y.insert(y.end(), static_cast<std::size_t>(3 * (c + 1)), c);
  return y;
}

}  // namespace

TEST_CASE("batches: P classes, K rows of each or all there are, no row twice") {
  const Labels y = uneven(6);
  ClassBatches batches(y, numbers(63), 4, 26);
  Random random(1);
  std::map<Index, int> seen;
  for (int b = 0; b < 400; ++b) {
    const std::vector<Index> rows = batches.draw(random);
    std::map<int, Index> of_class;
    for (const Index row : rows) {
      ++of_class[y[static_cast<std::size_t>(row)]];
      ++seen[row];
    }
    CHECK(std::set<Index>(rows.begin(), rows.end()).size() == rows.size());
    CHECK(of_class.size() == 4);
    for (const auto& [c, count] : of_class) CHECK(count == std::min<Index>(7, 3 * (c + 1)));
  }
  // a class is in two batches of three; a row of the last class in 7/18 of those: 400 x 2/3 x 7/18 = 104 +- 9
  for (Index row = 45; row < 63; ++row) CHECK(std::abs(seen[row] - 104) < 40);
  for (Index row = 0; row < 3; ++row) CHECK(std::abs(seen[row] - 267) < 40);
}

TEST_CASE("batches: fewer classes than asked for give more rows each") {
  ClassBatches batches({0, 0, 0, 0, 1, 1, 1, 1, 1, 5}, numbers(10), 16, 8);
  Random random(2);
  CHECK(batches.draw(random).size() == 7);
}
