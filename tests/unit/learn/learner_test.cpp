#include "learn/learner.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "core/error.hpp"
#include "core/random.hpp"
#include "learn/features_error.hpp"
#include "learn/mmc/mmc.hpp"
#include "learn/table.hpp"
#include "prepare/draw/draw_pairs.hpp"
#include "unit/dataset.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::learn;

namespace {

Samples samples_of(const Dataset& data) {
  Samples samples{data.X, data.y, prepare::draw_pairs(data.y, 100, 100, 1)};
  samples.target = Eigen::Map<const Eigen::VectorXi>(data.y.data(), data.X.rows()).cast<double>();
  return samples;
}

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
    learner->preprocessing = {prepare::Scale::zscore, 4};
    if (learner->hooks().trains_network) learner->options().set({{"epochs", "1"}, {"layers", "3"}});
    const Fit fit = learned(*learner, samples_of(wine)).fit;
    const auto dims = [](const auto& metric) { return metric.dims(); };
    const auto rank = [](const auto& metric) { return metric.rank(); };
    CHECK(std::visit(dims, fit.metric) == 13);
    CHECK(std::visit(rank, fit.metric) <= 4);
    if (fit.center.size() == 0) continue;
    REQUIRE(fit.center.size() == 13);
    CHECK((fit.center - wine.X.colwise().mean()).norm() <= 1e-10 * fit.center.norm());
  }
}

TEST_CASE("every learner: that no direction has a weight, and so every distance is 0, is said") {
  const auto warnings = [](const std::string& name, Samples samples, std::vector<Setting> settings = {}) {
    const std::unique_ptr<Learner> learner = make_learner(name);
    learner->options().set(settings);
    const Lesson lesson = learned(*learner, std::move(samples));
    const std::vector<std::string> all = learner->warnings(lesson.fit, {});
    return std::count(all.begin(), all.end(), "no direction has a weight: every distance is 0");
  };
  const Samples equal{Matrix::Ones(6, 2), {0, 0, 0, 1, 1, 1}, {{0, 1, true}, {0, 3, false}}};
  for (const char* name : {"cov", "pca", "lda", "lfda", "anmm", "dmlmj", "rca", "gmml", "kissme", "xqda"}) {
    CAPTURE(name);
    CHECK(warnings(name, equal) == 1);
    CHECK(warnings(name, equal, {{"kernel", "rbf"}}) == 1);
  }
  const Samples crossed{Matrix{{1, 1}, {-1, -1}, {1, -1}, {-1, 1}}, {0, 0, 1, 1}, {{0, 1, true}, {0, 1, false}}};
  CHECK(warnings("lda", crossed) == 1);  // the classes have one mean
  CHECK(warnings("kissme", crossed) == 1);
  const Samples twice{crossed.X.replicate(2, 1), {0, 0, 1, 1, 0, 0, 1, 1}};
  CHECK(warnings("dmlmj", twice, {{"k", "1"}}) == 0);  // neighbours of the other class differ
  CHECK(warnings("pca", twice) == 0);
}

TEST_CASE("a learner: a feature for which a model's numbers overflow is told by its place, or as a component") {
  Dataset wine = read_dataset("wine");
  wine.X.col(2) *= 1e-300;
  const auto said = [&](Index pca, const char* rank) {
    const std::unique_ptr<Learner> lfda = make_learner("lfda");
    lfda->preprocessing = {prepare::Scale::zscore, pca};
    if (*rank) lfda->options().set({{"rank", rank}});
    try {
      learned(*lfda, samples_of(wine));
    } catch (const FeaturesError& e) {
      return e.text([](Index j) { return "column " + std::to_string(j + 1); });
    } catch (const InputError& e) {
      return std::string(e.what());
    }
    return std::string();
  };
  const std::string overflow = "the values of column 3 differ by too little: the numbers of a model for them overflow";
  CHECK(said(0, "") == overflow);
  CHECK(said(3, "") == overflow);
  CHECK(said(0, "14") == "--rank 14: there are only 13 features");
  CHECK(said(3, "4") == "--rank 4: there are only 3 components");
}

TEST_CASE("a learner: preprocessing and the fit over it, done by hand, have the same distances") {
  const Dataset wine = read_dataset("wine");
  const std::unique_ptr<Learner> learner = make_learner("mmc");
  learner->preprocessing = {prepare::Scale::zscore, 5};
  const Fit fit = learned(*learner, samples_of(wine)).fit;
  const prepare::Preprocessing prepared = prepare::fit_preprocessing(wine.X, learner->preprocessing);
  Samples by_hand = samples_of(wine);
  by_hand.X = prepared.apply(wine.X);
  const Fit over = mmc::fit_mmc(by_hand);
  CHECK(number(fit, "objective") == number(over, "objective"));
  const Matrix difference = wine.X.row(0) - wine.X.row(100), there = by_hand.X.row(0) - by_hand.X.row(100);
  CHECK(fit.linear().transform(difference).norm() ==
        doctest::Approx(over.linear().transform(there).norm()).epsilon(1e-10));
}

TEST_CASE("itml: the rows that percentiles are taken of are drawn from the seed that a fit is given") {
  Random random(9);
  Samples samples;
  Matrix X(600, 2);  // of more pairs of rows than percentiles are taken of
  for (double& x : X.reshaped()) x = random.uniform();
  samples.X = std::move(X);
  for (Index i = 0; i < 600; i += 2) samples.pairs.push_back({i, i + 1, i % 4 == 0});
  const std::unique_ptr<Learner> learner = make_learner("itml");
  const auto within = [&](std::uint64_t seed) {
    return number(learner->learn(samples, Run(), seed).fit, "similar_within");
  };
  CHECK(within(1) == within(1));
  CHECK(within(1) != within(2));
  const double third = within(3);
  learner->options().set({{"seed", "3"}});
  CHECK(within(1) == third);
}

TEST_CASE("a learner: a fit leaves its options as they were, widths that it took from its start too") {
  const Dataset iris = read_dataset("iris");
  const std::unique_ptr<Learner> learner = make_learner("triplet");
  learner->options().set({{"epochs", "1"}, {"sampler", "uniform"}});
  const Report before = learner->options().parameters();
  Samples samples{iris.X, iris.y};
  samples.init = metric::Metric::euclidean(4);
  const Lesson lesson = learner->learn(samples, Run());
  CHECK(*lesson.parameters.find("layers") == Report::Value("4"));
  CHECK(*before.find("layers") == Report::Value("128,32"));
  CHECK(learner->options().parameters().entries() == before.entries());
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

TEST_CASE("every learner: a figure of the fit that overflows is refused, and no model written without it") {
  const Samples far{.X = Matrix{{1e200, 0}, {0, 1e60}, {0, 2e60}, {0, 4e60}}, .pairs = {{0, 1, true}, {2, 3, false}}};
  CHECK(test::refusal<InputError>([&] { make_learner("mmc")->learn(far, Run()); }) ==
        "the ridge of the fit overflows: the features' values are too large, or too unlike; --standardize makes them "
        "alike");
}
