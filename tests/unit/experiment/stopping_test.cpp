/// Every learner there is, asked to stop.

#include <doctest/doctest.h>

#include "core/random.hpp"
#include "learn/table.hpp"

using namespace maha;

namespace {

/// Two classes that overlap; `size` is what the first feature is multiplied by.
learn::Samples overlapping(double size) {
  Random random(41);
  learn::Samples samples;
  Matrix X(60, 3);
  for (double& x : X.reshaped()) x = random.uniform();
  for (int i = 0; i < 60; ++i) samples.y.push_back(i % 2);
  for (Index i = 0; i < 60; i += 2) X(i, 1) += 0.3;
  X.col(0) *= size;
  samples.class_names = {"a", "b"};
  samples.target = X.col(1) + X.col(2);
  samples.X = std::move(X);
  return samples;
}

Pairs pairs_of(const Labels& y) {
  Random random(42);
  Pairs pairs;
  for (int p = 0; p < 200; ++p) {
    const Index i = random.below(60), j = (i + 1 + random.below(59)) % 60;
    pairs.push_back({i, j, y[static_cast<std::size_t>(i)] == y[static_cast<std::size_t>(j)]});
  }
  return pairs;
}

}  // namespace

TEST_CASE("every learner ends where it is asked to stop, within its iterations too, with a metric and no more asking") {
  constexpr int kMore = 8;  // loops that each hear of it once
  CHECK(learn::learner_names().size() >= 7);
  for (const std::string& name : learn::learner_names()) {
    for (const double size : {1.0, 1e9}) {
      for (const int patience : {0, 1, 2, 5, 20, 60}) {
        CAPTURE(name);
        CAPTURE(size);
        CAPTURE(patience);
        const std::unique_ptr<learn::Learner> learner = learn::make_learner(name);
        learn::Samples samples = overlapping(size);
        if (learner->wants_pairs()) samples.pairs = pairs_of(samples.y);
        int asked = 0;
        const Run run{Threads(), [](const Progress&) { return true; }, [&] { return ++asked > patience; }};
        const learn::Lesson lesson = learner->learn(samples, run);
        CHECK(asked <= patience + kMore);
        CHECK(lesson.map(samples.X, Threads()).allFinite());
        if (patience > 0 || asked == 0) continue;
        REQUIRE(lesson.fit.converged.has_value());
        CHECK_FALSE(*lesson.fit.converged);
      }
    }
  }
}
