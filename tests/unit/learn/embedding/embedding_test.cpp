/// fit_siamese, fit_triplet and the training they share.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "core/error.hpp"
#include "learn/embedding/siamese.hpp"
#include "learn/embedding/train_from_labels.hpp"
#include "learn/embedding/triplet.hpp"
#include "neighbors/index.hpp"
#include "unit/dataset.hpp"
#include "unit/learn/embedding/network_check.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/rank_threads.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::learn;
using namespace maha::learn::embedding;
using namespace maha::test;

namespace {

/// Two classes on two rings, of radius 1 and 2, with a coordinate of noise: no linear map brings the classes together.
Dataset rings(Index n) {
  Random random(4);
  Dataset data{Matrix(n, 3), {}};
  for (Index i = 0; i < n; ++i) {
    const double t = 6.283185307179586 * random.uniform(), radius = 1 + static_cast<double>(i % 2);
    data.X.row(i) = RowVector{{radius * std::cos(t), radius * std::sin(t), 60 * random.uniform()}};
    data.y.push_back(static_cast<int>(i % 2));
  }
  return data;
}

Matrix embed(const Fit& result, const Matrix& X) {
  return std::visit([&](const auto& learned) { return learned.transform(X); }, result.metric);
}

/// The share of rows whose nearest other row is of another class.
double error_1nn(const Matrix& Z, const Labels& y) {
  const neighbors::NeighborLists nearest = neighbors::NeighborIndex(Z).nearest_other(1);
  double errors = 0;
  for (std::size_t i = 0; i < y.size(); ++i) errors += y[static_cast<std::size_t>(nearest.index[i])] != y[i];
  return errors / static_cast<double>(y.size());
}

template <class Options>
Options small(std::vector<Index> layers) {
  Options options;
  options.layers = std::move(layers);
  options.learning_rate = 0.01;
  options.batch = 64;
  options.epochs = 25;
  return options;
}

}  // namespace

TEST_CASE("triplet, siamese: a network separates what a linear map cannot") {
  const Dataset data = rings(300);
  const auto error = [&](const Fit& result) { return error_1nn(embed(result, data.X), data.y); };
  const double euclidean = error_1nn(data.X, data.y);
  const double linear = error(fit_triplet({data.X, data.y}, small<TripletOptions>({2})));
  const double network = error(fit_triplet({data.X, data.y}, small<TripletOptions>({24, 4})));
  const double siamese = error(fit_siamese({data.X, data.y}, small<SiameseOptions>({24, 4})));
  CHECK(euclidean > 0.1);
  CHECK(network < 0.02);
  CHECK(siamese < 0.02);
  CHECK(linear > 0.1);
}

TEST_CASE("siamese: from pairs of rows, similar ones come near and dissimilar ones a margin apart") {
  const Dataset data = rings(200);
  Random random(1);
  Pairs pairs;
  for (int t = 0; t < 3000; ++t) {
    const Index i = random.below(200), j = random.below(200);
    if (i == j) continue;
    pairs.push_back({i, j, data.y[static_cast<std::size_t>(i)] == data.y[static_cast<std::size_t>(j)]});
  }
  const Fit result = fit_siamese({data.X, {}, pairs}, small<SiameseOptions>({24, 4}));
  const Matrix Z = embed(result, data.X);
  double similar = 0, dissimilar = 0, count = 0;
  for (const auto& [i, j, alike] : pairs) {
    (alike ? similar : dissimilar) += (Z.row(i) - Z.row(j)).norm();
    count += alike;
  }
  CHECK(similar / count < 0.25);
  CHECK(dissimilar / (static_cast<double>(pairs.size()) - count) > 0.75);
  CHECK(number(result, "validation") < 0.06);
}

TEST_CASE("embeddings: the same bits on any number of threads, and for the same seed only") {
  const Dataset data = rings(150);
  TripletOptions options = small<TripletOptions>({16, 3});
  options.epochs = 3;
  const auto fit = [&](int threads) {
    return embed(fit_triplet({data.X, data.y}, options, {Threads(threads), {}}), data.X);
  };
  const Matrix one = fit(1);
  CHECK(fit(3) == one);
  options.seed = 2;
  CHECK(fit(1) != one);
  SiameseOptions siamese = small<SiameseOptions>({16, 3});
  siamese.epochs = 3;
  CHECK(embed(fit_siamese({data.X, data.y}, siamese, {Threads(3), {}}), data.X) ==
        embed(fit_siamese({data.X, data.y}, siamese), data.X));
}

TEST_CASE("embeddings: the same bits on any number of ranks") {
  const Dataset data = rings(500);
  Pairs pairs;
  for (Index i = 0; i + 3 < 200; ++i) pairs.push_back({i, i + 2, true}), pairs.push_back({i, i + 3, false});
  auto triplet = small<TripletOptions>({150, 40, 4});
  auto siamese = small<SiameseOptions>({150, 2});
  triplet.batch = siamese.batch = 200;  // of which each of four ranks has some
  triplet.epochs = siamese.epochs = 2;
  const std::function<Fit(const Run&)> fits[] = {[&](const Run& run) {
                                                   return fit_triplet({data.X, data.y}, triplet, run);
                                                 },
                                                 [&](const Run& run) {
                                                   return fit_siamese({data.X, data.y}, siamese, run);
                                                 },
                                                 [&](const Run& run) {
                                                   return fit_siamese({data.X, {}, pairs}, siamese, run);
                                                 }};
  for (const auto& fit : fits) {
    const Fit alone = fit({});
    for (const int count : {2, 3, 4}) {
      on_ranks(count, [&](const Ranks& ranks) {
        Run run{Threads(2), {}};
        run.ranks = &ranks;
        const Fit shared = fit(run);
        if (embed(shared, data.X) != embed(alone, data.X)) throw std::logic_error("another embedding");
        if (number(shared, "validation") != number(alone, "validation")) throw std::logic_error("another validation");
        if (shared.objective != alone.objective) throw std::logic_error("another loss");
      });
    }
  }
}

TEST_CASE("embeddings: the forms they take") {
  const Dataset data = rings(60);
  SiameseOptions siamese = small<SiameseOptions>({});
  siamese.epochs = 2;
  const Fit linear = fit_siamese({data.X, data.y}, siamese);
  REQUIRE(std::holds_alternative<metric::Metric>(linear.metric));
  CHECK(std::get<metric::Metric>(linear.metric).form() == metric::Metric::Form::factor);
  CHECK(std::get<metric::Metric>(linear.metric).rank() == 3);
  TripletOptions triplet = small<TripletOptions>({2});
  triplet.epochs = 2;
  const Fit sphere = fit_triplet({data.X, data.y}, triplet);
  REQUIRE(std::holds_alternative<metric::Network>(sphere.metric));
  CHECK((embed(sphere, data.X).rowwise().norm().array() - 1).abs().maxCoeff() < 1e-14);
  triplet.normalize = false;
  triplet.sampler = Sampler::semi_hard;
  CHECK(std::holds_alternative<metric::Metric>(fit_triplet({data.X, data.y}, triplet).metric));
}

TEST_CASE("embeddings: shift and scale of all rows do not matter") {
  const Dataset data = rings(80);
  TripletOptions options = small<TripletOptions>({8, 3});
  options.epochs = 2;
  const Matrix moved = (data.X * 1024).rowwise() + RowVector{{512, -4096, 1024}};
  const Matrix Z = embed(fit_triplet({data.X, data.y}, options), data.X);
  CHECK((embed(fit_triplet({moved, data.y}, options), moved) - Z).cwiseAbs().maxCoeff() < 1e-6);
}

TEST_CASE("embeddings: the best epoch is kept; patience ends the fit; a caller may end it too") {
  const Dataset data = rings(120);
  TripletOptions options = small<TripletOptions>({16, 3});
  options.epochs = 200;
  options.patience = 2;
  std::vector<double> seen;
  Run run;
  run.progress = [&](const Progress& state) {
    seen.push_back(std::get<double>(*state.others.find("validation")));
    return true;
  };
  const Fit result = fit_triplet({data.X, data.y}, options, run);
  const auto best = std::min_element(seen.begin(), seen.end());
  CHECK(converged(result));
  CHECK(number(result, "validation") == *best);
  CHECK(number(result, "best_epoch") == best - seen.begin() + 1);
  CHECK(number(result, "iterations") == static_cast<std::int64_t>(seen.size()));
  CHECK(seen.size() >= 6);
  CHECK(seen.size() < 200);

  run.progress = [](const Progress& state) { return state.iteration < 3; };
  const Fit stopped = fit_triplet({data.X, data.y}, options, run);
  CHECK(number(stopped, "iterations") == 3);
  CHECK_FALSE(converged(stopped));
}

TEST_CASE("embeddings: patience at an end, the best weights are taken up again at a tenth of the rate") {
  // one weight w, whose loss always has the slope 1, so that Adam moves it by -rate; the best one is near 0.782
  const Matrix X = (Matrix(2, 1) << 1, -1).finished();
  std::vector<double> seen;
  const metric::Network one({{Matrix::Ones(1, 1), Vector::Zero(1), metric::Activation::linear}});
  TrainingProblem problem{X, false, 1, 1, one, {}, {}, {}, {}};
  problem.draw = [](Random&) { return std::vector<Index>{0, 1}; };
  problem.loss = [&](const Matrix&, const std::vector<Index>&, Random&) { return BatchLoss{1, 1, 1, X}; };
  problem.validate = [&](const metric::Network& network) {
    seen.push_back(network.layers()[0].weights(0, 0));
    return std::abs(seen.back() - 0.782);
  };
  TrainingOptions options;
  options.layers = {1};
  options.learning_rate = 0.1;
  options.weight_decay = 0;
  options.patience = 2;
  const Fit result = train_embedding(problem, options, {});
  const std::vector<double> expected{0.9, 0.8, 0.7, 0.6, 0.79, 0.78, 0.77, 0.76, 0.779, 0.778};
  REQUIRE(seen.size() == expected.size());
  for (std::size_t t = 0; t < seen.size(); ++t) CHECK(seen[t] == doctest::Approx(expected[t]).epsilon(1e-6));
  CHECK(converged(result));
  CHECK(number(result, "best_epoch") == 6);
  CHECK(std::get<metric::Metric>(result.metric).factor()(0, 0) == doctest::Approx(0.78).epsilon(1e-6));
}

TEST_CASE("embeddings: an earlier one is taken up where it stood") {
  const Dataset data = rings(120);
  TripletOptions options = small<TripletOptions>({16, 3});
  options.epochs = 8;
  const Fit first = fit_triplet({data.X, data.y}, options);
  options.learning_rate = 1e-12;
  options.epochs = 1;
  const Samples samples = started({data.X, data.y}, first.metric);
  const Fit again = fit_triplet(samples, options);
  CHECK((embed(again, data.X) - embed(first, data.X)).cwiseAbs().maxCoeff() < 1e-6);
  CHECK(number(again, "validation") == doctest::Approx(number(first, "validation")).epsilon(1e-4));
  options.layers = {8, 3};
  CHECK(test::refusal<InputError>([&] { fit_triplet(samples, options); }) ==
        "the model to start from has the widths 3 - 16 - 3, which are not those asked for");
}

TEST_CASE("embeddings: a rate that blows up ends with the best weights there were, all finite") {
  const Dataset data = rings(60);
  SiameseOptions options = small<SiameseOptions>({8, 2});
  options.learning_rate = 1e200;
  const Fit result = fit_siamese({data.X, data.y}, options);
  CHECK(embed(result, data.X).allFinite());
  REQUIRE(result.warnings.size() == 1);
  CHECK(result.warnings[0].text == "no epoch had a finite loss: lower the learning rate");
}

TEST_CASE("embeddings: duplicates, constant features, one row in a class, n = 3 and d = 1") {
  Matrix X(7, 2);
  X << 1, 5, 1, 5, 1, 5, 2, 5, 2, 5, 2, 5, 9, 5;
  const Labels y{0, 0, 1, 1, 1, 0, 2};
  for (const Sampler sampler : kSamplers) {
    TripletOptions options = small<TripletOptions>({4, 2});
    options.epochs = 2;
    options.sampler = sampler;
    CHECK(embed(fit_triplet({X, y}, options), X).allFinite());
    CHECK(embed(fit_triplet({Matrix::Constant(7, 2, 3.5), y}, options), X).allFinite());
    CHECK(embed(fit_triplet({X.topLeftCorner(3, 1), {0, 0, 1}}, options), X.leftCols(1)).allFinite());
  }
  SiameseOptions siamese = small<SiameseOptions>({4, 2});
  siamese.epochs = 2;
  CHECK(embed(fit_siamese({X, y}, siamese), X).allFinite());
  CHECK(embed(fit_siamese({X, {}, Pairs{{0, 1, true}, {0, 6, false}}}, siamese), X).allFinite());
}

TEST_CASE("embeddings: what cannot be learned from is refused") {
  const Dataset data = rings(20);
  const auto triplet = [&](auto&& change) {
    TripletOptions options = small<TripletOptions>({4, 2});
    change(options);
    return test::refusal<InputError>([&] { fit_triplet({data.X, data.y}, options); });
  };
  CHECK(triplet([](auto&) {}).empty());
  CHECK(triplet([](auto& o) { o.margin = 0; }) == "--margin: must be above 0");
  CHECK(triplet([](auto& o) { o.layers = {0, 2}; }) == "--layers: 0 is no width of a layer");
  CHECK(triplet([](auto& o) { o.learning_rate = std::numeric_limits<double>::quiet_NaN(); }) ==
        "--learning-rate: must be a finite number");
  CHECK(triplet([](auto& o) { o.layers = {1 << 30, 1 << 30}; }).starts_with("training this network needs 9"));
  CHECK(triplet([](auto& o) { o.validation = 1; }) == "--validation: must lie in [0, 1)");
  CHECK(triplet([](auto& o) { o.normalize = false; }).starts_with("--no-normalize goes without"));
  CHECK(triplet([](auto& o) { o.layers = {1}; }) ==
        "distance-weighted sampling wants an embedding of at least 2 coordinates");
  CHECK(test::refusal<InputError>([&] {
          fit_triplet({data.X.leftCols(1), data.y}, small<TripletOptions>({}));
        }) == "distance-weighted sampling wants an embedding of at least 2 coordinates");
  CHECK(test::refusal<InputError>([&] { fit_triplet({data.X, Labels(20, 0)}); }) == "all 20 rows are of one class");
  CHECK(test::refusal<InputError>([&] {
          fit_triplet({data.X.topRows(3), {0, 1, 2}});
        }) == "each of the 3 classes has one row: no two rows are alike");
  CHECK(test::refusal<InputError>([&] { fit_siamese({data.X, Labels(3, 0)}); }) == "20 rows and 3 labels");
  CHECK(test::refusal<InputError>([&] {
          fit_siamese({data.X, {}, Pairs{{0, 1, true}}});
        }) == "there is no dissimilar pair");
  CHECK(test::refusal<InputError>([&] {
          fit_siamese({data.X, {}, Pairs{{0, 20, true}, {0, 1, false}}});
        }) == "no pair of rows: 1, 21");
}

TEST_CASE("nearest-hit loss: a smooth 1-NN error, worked by hand") {
  const Matrix R = (Matrix(4, 1) << 0, 1, 7, 5).finished();
  const Matrix Q = (Matrix(3, 1) << 2, 6, 3).finished();
  // 2, of class 1: hit 5, miss 1, squared 9 and 1; 6, of class 0: hit 7 and miss 5 tie; 3: no such class in R
  const double expected = (std::pow(9.0, 4) / (std::pow(9.0, 4) + 1) + 0.5) / 2;
  CHECK(nearest_hit_loss(Q, {1, 0, 2}, R, {0, 0, 0, 1}, Threads()) == doctest::Approx(expected).epsilon(1e-12));
  CHECK(nearest_hit_loss(Q.topRows(1), {0}, Matrix::Constant(2, 1, 2), {0, 1}, Threads()) == 0.5);
}

TEST_CASE("sampling report: shares add up; the samplers differ as they should") {
  const Dataset digits = read_dataset("digits");
  TripletOptions options;
  options.layers = {32, 16};
  const SamplingReport report =
      report_sampling({digits.X.topRows(600), Labels(digits.y.begin(), digits.y.begin() + 600)}, options, Threads(2));
  const auto sum = [](const std::vector<double>& v) { return std::accumulate(v.begin(), v.end(), 0.0); };
  CHECK(sum(report.expected) == doctest::Approx(1).epsilon(1e-9));
  REQUIRE(report.samplers.size() == kSamplers.size());
  const auto mean = [](const SamplerShares& drawn) {
    double total = 0;
    for (std::size_t b = 0; b < drawn.share.size(); ++b) total += drawn.share[b] * static_cast<double>(b);
    return total;
  };
  for (const SamplerShares& drawn : report.samplers) {
    CHECK(sum(drawn.share) == doctest::Approx(1).epsilon(1e-9));
    for (std::size_t b = 0; b < drawn.share.size(); ++b) CHECK(drawn.idle[b] <= drawn.share[b]);
  }
  const auto& [uniform, easy, semi_hard, hard, weighted] =
      std::tie(report.samplers[0], report.samplers[1], report.samplers[2], report.samplers[3], report.samplers[4]);
  CHECK(mean(hard) < mean(weighted));
  CHECK(mean(weighted) < mean(uniform));
  CHECK(mean(uniform) < mean(easy));
  CHECK(easy.idle_share() > 0.95);
  CHECK(uniform.idle_share() > semi_hard.idle_share());
  CHECK(uniform.idle_share() > weighted.idle_share());
  CHECK(hard.idle_share() < weighted.idle_share());
  options.normalize = false;
  options.sampler = Sampler::uniform;
  CHECK_THROWS_AS(report_sampling({digits.X, digits.y}, options), InputError);
}

TEST_CASE("siamese: a pair listed as similar and as dissimilar counts as both, in whatever order") {
  const Matrix X{{0.0, 1.0}, {3.0, 1.0}};
  for (const Pairs& pairs : {Pairs{{0, 1, true}, {0, 1, false}}, Pairs{{0, 1, true}, {1, 0, false}}}) {
    SiameseOptions options = small<SiameseOptions>({});
    options.validation = 0;
    options.margin = 2;
    options.epochs = 200;
    const Fit result = fit_siamese({X, {}, pairs}, options);
    // d^2/4 + (m - d)^2/4 has its least, m^2/8, at d = m/2
    CHECK(number(result, "objective") == doctest::Approx(0.5).epsilon(1e-3));
    const Matrix Z = embed(result, X);
    CHECK((Z.row(0) - Z.row(1)).norm() == doctest::Approx(1).epsilon(0.02));
  }
}

TEST_CASE("embeddings: asked to stop within an epoch, a fit hands back the best epoch, or what there is") {
  const Dataset data = rings(120);
  TripletOptions options = small<TripletOptions>({16, 3});
  int asked = 0;
  Run run;
  run.stop_asked = [&] { return ++asked > 5; };
  const Fit none = fit_triplet({data.X, data.y}, options, run);
  CHECK(asked == 6);
  CHECK(number(none, "iterations") == 0);
  CHECK(none.warnings.empty());
  CHECK(std::isfinite(number(none, "validation")));
  CHECK_FALSE(converged(none));
  asked = 0;
  run.stop_asked = [&] { return ++asked > 50; };  // an epoch is 20 batches
  const Fit some = fit_triplet({data.X, data.y}, options, run);
  CHECK(number(some, "iterations") == 2);
  options.epochs = 2;
  CHECK(embed(some, data.X) == embed(fit_triplet({data.X, data.y}, options), data.X));
}
TEST_CASE("siamese, triplet: rows times a power of two are embedded alike") {
  const Dataset data = rings(60);
  const SiameseOptions options = small<SiameseOptions>({6, 2});
  const Matrix common = embed(fit_siamese({data.X, data.y}, options), data.X);
  for (const double unit : {0x1p600, 0x1p-505}) {
    const Matrix X = data.X * unit;
    CHECK((embed(fit_siamese({X, data.y}, options), X) - common).norm() <= 1e-12 * common.norm());
  }
}
