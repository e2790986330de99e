#include <doctest/doctest.h>

#include "core/error.hpp"
#include "data/model/model_json.hpp"
#include "learn/scatters/gathering.hpp"
#include "learn/scatters/scatters.hpp"
#include "learn/table.hpp"
#include "unit/random_rows.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::learn;

namespace {

/// Rows of three classes that differ, at an offset, with pairs of both kinds.
Samples classed_rows(double offset) {
  Samples samples;
  Matrix X = test::random_rows(400, 5, 11);
  X.col(3) = 0.5 * X.col(3) + X.col(0);
  for (Index i = 0; i < X.rows(); ++i) {
    samples.y.push_back(static_cast<int>(i * 7 % 3));
    X(i, 1) += samples.y.back();
    X(i, 4) -= 0.5 * samples.y.back();
  }
  X.array() += offset;
  samples.X = std::move(X);
  for (Index i = 0; i + 6 < samples.X.rows(); ++i) {
    const Index j = i + 1 + i % 5;
    samples.pairs.push_back({i, j, samples.y[static_cast<std::size_t>(i)] == samples.y[static_cast<std::size_t>(j)]});
  }
  return samples;
}

std::vector<const linalg::ScatterSums*> all_of(const std::vector<linalg::ScatterSums>& sums) {
  std::vector<const linalg::ScatterSums*> all;
  for (const linalg::ScatterSums& each : sums) all.push_back(&each);
  return all;
}

/// `at`: rows of the parts, which are summed up by themselves.
Scatters scatters_in_parts(const Samples& samples, const std::vector<Index>& at) {
  std::vector<linalg::ScatterSums> sums;
  for (Index begin = 0; const Index end : at) {
    ScatterGathering gathering(Threads(2));
    gathering.add(samples.X.middleRows(begin, end - begin), Labels(samples.y.begin() + begin, samples.y.begin() + end));
    const std::vector<linalg::ScatterSums> part = gathering.finish();
    if (sums.empty()) sums.resize(part.size(), linalg::no_rows(samples.X.cols()));
    for (std::size_t c = 0; c < part.size(); ++c) sums[c] += part[c];
    begin = end;
  }
  const linalg::ScatterSums similar = difference_sums(samples.X, samples.pairs, true, Threads(1)),
                            dissimilar = difference_sums(samples.X, samples.pairs, false, Threads(1));
  return scatters_of(all_of(sums), true, &similar, &dissimilar);
}

Matrix M_of(const Lesson& lesson) { return lesson.fit.linear().matrix(); }

/// What learners take rows of: those of RCA have chunks.
Samples samples_for(const Learner& learner, Samples samples) {
  if (learner.from() == From::labels_or_chunks) samples.chunks = samples.y;
  return samples;
}

}  // namespace

TEST_CASE("scatters: every learner that takes them learns what it learns from the rows") {
  int learners = 0;
  for (const std::string& name : learner_names()) {
    if (!make_learner(name)->takes_scatters()) continue;
    ++learners;
    for (const double offset : {0.0, 1e8}) {
      for (const std::string before : {"", "zscore", "pca"}) {
        CAPTURE(name);
        CAPTURE(offset);
        CAPTURE(before);
        const std::unique_ptr<Learner> learner = make_learner(name);
        if (before == "zscore") learner->preprocessing.scale = prepare::Scale::zscore;
        if (before == "pca") learner->preprocessing.pca = 4;
        const Samples samples = classed_rows(offset);
        const Lesson of_rows = learner->learn(samples_for(*learner, samples), {}),
                     of_scatters = learner->learn(scatters_in_parts(samples, {31, 200, 400}), {});
        const Matrix M = M_of(of_rows), other = M_of(of_scatters);
        CHECK((M - other).norm() <= 1e-11 * M.norm());
        CHECK(of_scatters.fit.center.size() == of_rows.fit.center.size());
        if (of_rows.fit.center.size() > 0)
          CHECK((of_scatters.fit.center - of_rows.fit.center).cwiseAbs().maxCoeff() <= 1e-14 * (1 + offset));
        CHECK(of_scatters.fit.extras.find("rank") != nullptr);
        CHECK(data::format_report(of_scatters.parameters) == data::format_report(of_rows.parameters));
      }
    }
  }
  CHECK(learners == 7);
}

TEST_CASE("scatters: pooled within classes, the covariance is that of --within") {
  const std::unique_ptr<Learner> learner = make_learner("cov");
  learner->options().at("within").set("true");
  const Samples samples = classed_rows(0);
  const Matrix M = M_of(learner->learn(samples, {}));
  CHECK((M - M_of(learner->learn(scatters_in_parts(samples, {200, 400}), {}))).norm() <= 1e-12 * M.norm());
}

TEST_CASE("scatters: what has not been summed up is missed by name") {
  const Samples samples = classed_rows(0);
  ScatterGathering gathering(Threads(1));
  gathering.add(samples.X, {});
  const std::vector<linalg::ScatterSums> sums = gathering.finish();
  const Scatters scatters = scatters_of(all_of(sums), false, nullptr, nullptr);
  const auto refused = [&](const char* name) {
    return test::refusal<InputError>([&] { make_learner(name)->learn(scatters, {}); });
  };
  CHECK(refused("lda") == "there are no classes, which discriminant analysis needs: they come from labels");
  CHECK(refused("xqda") == "there are no classes, which the difference of all pairs needs: they come from labels");
  CHECK(refused("gmml") == "there are no pairs: they come with `maha-cov --stats --pairs FILE`");
}

TEST_CASE("scatters: rows of no class, of unlike sizes and of values that are too large") {
  CHECK(test::refusal<InputError>([] { ScatterGathering(Threads(1)).finish(); }) == "no rows");
  ScatterGathering large(Threads(1));
  large.add(1e200 * test::random_rows(20, 2, 1), {});
  CHECK(test::refusal<InputError>([&] { large.finish(); }) ==
        "the values of feature 1 are too large: their squares overflow");
  ScatterGathering small(Threads(1));
  small.add(1e-200 * test::random_rows(20, 2, 1), {});
  CHECK(test::refusal<InputError>([&] { small.finish(); }) ==
        "the values of feature 1 differ by too little: their squares underflow");
}
