/// Fit::proof of the learners that have one: nothing unless asked for, and over the features before scaling.

#include <doctest/doctest.h>

#include <algorithm>

#include "learn/table.hpp"
#include "unit/random_rows.hpp"

using namespace maha;

namespace {

learn::Samples samples_to_prove() {
  learn::Samples samples;
  Matrix X = test::random_rows(40, 3, 7);
  X.col(1) *= 1000;
  for (Index i = 0; i < 40; ++i) samples.y.push_back(static_cast<int>(i % 2));
  X.col(0).array() += Vector::LinSpaced(40, 0, 1).array();
  samples.X = std::move(X);
  for (Index i = 0; i + 3 < 40; ++i) {
    samples.pairs.push_back({i, i + 2, true});
    samples.pairs.push_back({i, i + 3, false});
  }
  return samples;
}

const Matrix* proof_named(const learn::Fit& fit, const std::string& name) {
  for (const auto& [key, numbers] : fit.proof) {
    if (key == name) return &numbers;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("proofs: only where they are asked for, with the scale of the features") {
  int learners = 0;
  for (const std::string& name : learn::learner_names()) {
    const std::unique_ptr<learn::Learner> learner = learn::make_learner(name);
    bool* const wanted = learner->hooks().want_proof;
    if (!wanted) continue;
    ++learners;
    CAPTURE(name);
    learn::Samples samples = samples_to_prove();
    if (!learner->wants_pairs()) samples.pairs.clear();
    learner->preprocessing.scale = prepare::Scale::zscore;
    CHECK(learner->learn(samples, Run()).fit.proof.empty());
    *wanted = true;
    const learn::Fit scaled = learner->learn(samples, Run()).fit;
    REQUIRE(proof_named(scaled, "scale"));
    CHECK((*proof_named(scaled, "scale"))(0, 1) > 100);
    // of M = U N U' or A'NA with a well-conditioned N, the entries of the large feature are small
    const Matrix* basis = proof_named(scaled, "basis");
    const Matrix U = basis ? *basis : Matrix(proof_named(scaled, "prior")->transpose());
    REQUIRE(U.rows() == 3);
    CHECK(U.row(1).norm() < 0.02 * U.row(0).norm());
  }
  CHECK(learners >= 5);
}
