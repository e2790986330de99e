#include "learn/learner.hpp"

#include <doctest/doctest.h>

#include <set>

#include "core/error.hpp"
#include "learn/mmc/mmc.hpp"
#include "learn/pairs/draw_pairs.hpp"
#include "learn/table.hpp"
#include "unit/dataset.hpp"
#include "unit/learn/fit_values.hpp"

using namespace maha;

namespace {

Samples samples_of(const Dataset& data) { return {data.X, data.y, draw_pairs(data.y, 100, 100, 1)}; }

Lesson learned(Learner& learner, Samples samples) {
  if (!learner.wants_pairs()) samples.pairs.clear();
  return learner.learn(std::move(samples), Run());
}

}  // namespace

TEST_CASE("table of learners: names are each once, and lead to what they name") {
  const std::vector<std::string> names = learner_names();
  CHECK(std::set<std::string>(names.begin(), names.end()).size() == names.size());
  for (const std::string& name : names) CHECK(make_learner(name)->name() == name);
  CHECK_THROWS_AS(make_learner("nothing"), UsageError);
}

TEST_CASE("every learner: whatever the rows go through, the metric is over the features as they were given") {
  const Dataset wine = read_dataset("wine");
  for (const std::string& name : learner_names()) {
    CAPTURE(name);
    const std::unique_ptr<Learner> learner = make_learner(name);
    if (learner->from() == From::nothing) continue;
    learner->preprocessing = {Scale::zscore, 4};
    if (!learner->one_pass() && learner->tolerance() == 0) learner->options().set({{"epochs", "1"}, {"layers", "3"}});
    const Fit fit = learned(*learner, samples_of(wine)).fit;
    const auto dims = [](const auto& metric) { return metric.dims(); };
    const auto rank = [](const auto& metric) { return metric.rank(); };
    CHECK(std::visit(dims, fit.metric) == 13);
    CHECK(std::visit(rank, fit.metric) <= 4);
  }
}

TEST_CASE("a learner: preprocessing and the fit over it, done by hand, have the same distances") {
  const Dataset wine = read_dataset("wine");
  const std::unique_ptr<Learner> learner = make_learner("mmc");
  learner->preprocessing = {Scale::zscore, 5};
  const Fit fit = learned(*learner, samples_of(wine)).fit;
  const Preprocessing prepared = fit_preprocessing(wine.X, learner->preprocessing);
  Samples by_hand = samples_of(wine);
  by_hand.X = prepared.apply(wine.X);
  const Fit over = fit_mmc(by_hand);
  CHECK(number(fit, "objective") == number(over, "objective"));
  const Matrix difference = wine.X.row(0) - wine.X.row(100), there = by_hand.X.row(0) - by_hand.X.row(100);
  CHECK(fit.linear().transform(difference).norm() ==
        doctest::Approx(over.linear().transform(there).norm()).epsilon(1e-10));
}

TEST_CASE("a learner: options without a part in the fit are no parameters of the model") {
  const Dataset iris = read_dataset("iris");
  const Lesson classes = make_learner("lmnn")->learn({iris.X, iris.y}, Run());
  CHECK(classes.parameters.find("neighbors") != nullptr);
  CHECK(classes.parameters.find("ridge") == nullptr);
  const Lesson listed = make_learner("lmnn")->learn({iris.X, {}, {}, {{0, 1, 60}, {2, 3, 120}}}, Run());
  CHECK(listed.parameters.find("neighbors") == nullptr);
  CHECK(listed.parameters.find("ridge") != nullptr);
}
