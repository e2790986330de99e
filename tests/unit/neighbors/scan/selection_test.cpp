#include "neighbors/scan/selection.hpp"

#include <doctest/doctest.h>

#include "core/random.hpp"

using namespace maha;
using namespace maha::neighbors;

TEST_CASE("a score that the wanted number reaches, and few more") {
  Random random(1);
  std::vector<float> work;
  for (const Index count : {1, 15, 16, 100, 1000, 1024}) {
    std::vector<float> scores(static_cast<std::size_t>(count));
    for (float& score : scores) score = static_cast<float>(random.uniform()) - 0.5f;
    for (const Index wanted : {Index{1}, Index{4}, count / 2, count}) {
      if (wanted < 1 || wanted > count) continue;
      CAPTURE(count);
      CAPTURE(wanted);
      const float enough = score_of_best(scores.data(), count, wanted, work);
      const Index reached = std::count_if(scores.begin(), scores.end(), [&](float s) { return s >= enough; });
      CHECK(reached >= wanted);
      CHECK(reached <= 4 * wanted + 16);
    }
  }
  const std::vector<float> equal(200, 2.0f);
  CHECK(score_of_best(equal.data(), 200, 3, work) == 2.0f);
}

TEST_CASE("the k best by distance, then by row") {
  KBest best(2);
  for (const Candidate& candidate : {Candidate{3, 0}, {1, 5}, {1, 4}, {1, 6}, {2, 1}}) best.offer(candidate);
  CHECK(best.worst() == 1);
  Index index[2];
  double squared[2];
  best.drain(index, squared);
  CHECK(index[0] == 4);
  CHECK(index[1] == 5);
}
