#include "prepare/draw/draw_chunks.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <vector>

#include "core/error.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::prepare;

namespace {

const Labels kClasses = {2, 0, 0, 1, 0, 1, 2, 1, 1, 0, 0, 4};  // 5, 4, 2 and 1 rows

}  // namespace

TEST_CASE("chunks: of rows of one class, none of them in two, numbered by their first rows") {
  CHECK(count_chunks(kClasses, 2) == 5);
  CHECK(count_chunks(kClasses, 3) == 2);
  CHECK(count_chunks(kClasses, 6) == 0);
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Labels chunk = draw_chunks(kClasses, 4, 2, seed);
    std::map<int, std::vector<int>> classes;
    int next = 0;
    for (std::size_t i = 0; i < chunk.size(); ++i) {
      if (chunk[i] < 0) continue;
      CHECK(chunk[i] <= next);
      next += chunk[i] == next;
      classes[chunk[i]].push_back(kClasses[i]);
    }
    CHECK(classes.size() == 4);
    for (const auto& entry : classes) CHECK(entry.second == std::vector<int>(2, entry.second[0]));
  }
  CHECK(draw_chunks(kClasses, 0, 2, 1) == Labels(12, -1));
}

TEST_CASE("chunks: seeded, whatever the classes are called; of each row the more likely, the larger its class") {
  CHECK(draw_chunks(kClasses, 3, 2, 7) == draw_chunks(kClasses, 3, 2, 7));
  CHECK(draw_chunks(kClasses, 3, 2, 7) != draw_chunks(kClasses, 3, 2, 8));
  Labels renamed;
  for (const int c : kClasses) renamed.push_back(5 - c);
  CHECK(draw_chunks(renamed, 3, 2, 7) == draw_chunks(kClasses, 3, 2, 7));

  // 2 of 5 chunks: each of them twice in five times, and four of the five rows of the first class are in one of its
  // two.
  std::vector<int> times(12, 0);
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    const Labels chunk = draw_chunks(kClasses, 2, 2, seed);
    for (std::size_t i = 0; i < chunk.size(); ++i) times[i] += chunk[i] >= 0;
  }
  for (std::size_t i = 0; i < 12; ++i) {
    const double due = kClasses[i] == 4 ? 0 : kClasses[i] == 0 ? 0.4 * 0.8 : 0.4;
    CHECK(times[i] / 4000.0 == doctest::Approx(due).epsilon(0.08));
  }
}

TEST_CASE("chunks: more than there are are refused") {
  CHECK(test::refusal<InputError>([] { draw_chunks(kClasses, 6, 2, 1); }) ==
        "6 chunks of 2 rows are wanted: there are 5");
}
