/// From each state of its fit, every learner that iterates goes on to the same bits; wherever it is stopped, it is honest.

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "core/checkpoint.hpp"
#include "learn/table.hpp"
#include "unit/long_case.hpp"
#include "unit/random_rows.hpp"

using namespace maha;
using namespace maha::learn;

namespace {

/// Of a fit so many states to go on from, and moments at which each is one to stop at; behind those, ever fewer.
constexpr std::size_t kStates = test::fewer_if_sanitized(25);
constexpr int kMoments = test::fewer_if_sanitized(40);

struct KeptFit {
  std::string learner;
  std::vector<Setting> settings;
  From from = From::labels;  // what it is given
};

/// All that a learner can be given of three overlapping classes.
Samples samples_for(From from) {
  const Index n = 60, d = 4;
  Samples samples;
  Matrix X = test::random_rows(n, d, 5);
  for (Index i = 0; i < n; ++i) {
    samples.y.push_back(static_cast<int>(i % 3));
    X(i, 0) += 0.5 * static_cast<double>(i % 3);
    X(i, 1) += 0.25 * static_cast<double>(i % 2);
  }
  samples.X = std::move(X);
  if (from == From::target) {
    samples.target = samples.X.col(0) + samples.X.col(1).cwiseAbs2();
    samples.y.clear();
  }
  if (from == From::pairs) {
    for (Index i = 0; i + 2 < n; ++i) samples.pairs.push_back({i, i + 1 + i % 2, i % 3 == 0});
    samples.y.clear();
  }
  if (from == From::labels_or_triplets) {
    for (Index i = 0; i + 9 < n; ++i) samples.triplets.push_back({i, i + 3, i + 7});
    samples.y.clear();
  }
  return samples;
}

std::vector<KeptFit> kept_fits() {
  std::vector<KeptFit> fits{
      {"lmnn", {{"tolerance", "1e-6"}}},
      {"lmnn", {{"tolerance", "1e-6"}, {"diagonal", "true"}}},
      {"lmnn", {{"tolerance", "1e-6"}, {"rank", "2"}}},
      {"lmnn", {{"tolerance", "1e-6"}}, From::labels_or_triplets},
      {"mmc", {{"tolerance", "1e-10"}}, From::pairs},
      {"mmc", {{"tolerance", "1e-10"}, {"diagonal", "true"}}, From::pairs},
      {"nca", {}},
      {"nca", {{"diagonal", "true"}, {"l1", "0.001"}}},
      {"nca", {{"batch", "20"}, {"passes", "3"}}},
      {"mlkr", {{"starts", "3"}, {"rank", "2"}}, From::target},
      {"rfm", {{"diagonal", "true"}, {"rounds", "4"}}},
      {"rfm", {{"rounds", "4"}}, From::target},
      {"ldml", {{"tolerance", "1e-6"}}, From::pairs},
      {"sdml", {{"sparsity", "0.05"}, {"tolerance", "1e-9"}}, From::pairs},
      {"siamese", {{"layers", "4,2"}, {"batch", "16"}, {"epochs", "3"}, {"patience", "1"}}},
      {"siamese", {{"layers", "2"}, {"batch", "16"}, {"epochs", "3"}, {"patience", "1"}}, From::pairs},
      {"triplet", {{"layers", "4,2"}, {"batch", "16"}, {"epochs", "3"}, {"patience", "1"}}},
  };
  for (const std::string& name : learner_names()) {  // whatever else there is, as it comes
    const auto learner = make_learner(name);
    const auto is_its = [&](const KeptFit& fit) { return fit.learner == name; };
    if (!learner->iterates() || std::any_of(fits.begin(), fits.end(), is_its)) continue;
    const From from = learner->from();
    fits.push_back({name, {}, from == From::pairs || from == From::target ? from : From::labels});
  }
  return fits;
}

/// The bits of what was learned, and of what is said of it.
std::string bits_of(const Fit& fit) {
  std::string bits;
  State out(bits);
  if (const auto* network = std::get_if<metric::Network>(&fit.metric)) {
    for (metric::Layer layer : network->layers()) out(layer.weights, layer.bias);
  } else {
    Matrix L = fit.linear().factor();
    out(L);
  }
  double objective = fit.objective.value_or(-1), bound = fit.bound.value_or(-1);
  Index iterations = fit.iterations.value_or(-1);
  bool converged = fit.converged.value_or(true);
  out(objective, bound, iterations, converged);
  for (const auto& [key, value] : fit.extras.entries()) {
    if (const auto* number = std::get_if<double>(&value)) {
      double copy = *number;
      out(copy);
    }
  }
  for (auto [name, numbers] : fit.proof) out(name, numbers);
  return bits;
}

}  // namespace

TEST_CASE("from each state of a fit, every learner that iterates goes on to the same bits") {
  for (const KeptFit& kept : kept_fits()) {
    CAPTURE(kept.learner);
    const auto learner = make_learner(kept.learner);
    learner->options().set(kept.settings);
    if (bool* const wanted = learner->hooks().want_proof) *wanted = true;
    const Samples samples = samples_for(kept.from);
    const std::string expected = bits_of(learner->learn(samples, {}).fit);
    std::vector<std::string> states;
    Checkpoint all("", 0, [&](const std::string& state) { states.push_back(state); });
    Run run;
    run.checkpoint = &all;
    CHECK(bits_of(learner->learn(samples, run).fit) == expected);
    CHECK(states.size() >= 3);
    const std::size_t step = 1 + states.size() / kStates;
    for (std::size_t s = 0; s < states.size(); s += step) {
      CAPTURE(s);
      std::size_t more = 0;
      Checkpoint again(states[s], 0, [&](const std::string&) { ++more; });
      run.checkpoint = &again;
      CHECK(bits_of(learner->learn(samples, run).fit) == expected);
      CHECK(more == states.size() - s);  // nothing was done twice
    }
  }
}

TEST_CASE(
    "stopped at any moment, a fit has a result, and has converged only if its certificate says so or it had ended") {
  for (const KeptFit& kept : kept_fits()) {
    CAPTURE(kept.learner);
    const auto learner = make_learner(kept.learner);
    learner->options().set(kept.settings);
    if (kept.learner == "mlkr") learner->options().set({{"starts", "1"}});  // each of them may converge
    const Samples samples = samples_for(kept.from);
    const auto until = [&](int moment, int& moments) {
      Run run;
      run.progress = [&](const Progress&) { return ++moments <= moment; };
      run.stop_asked = [&] { return ++moments > moment; };
      return learner->learn(samples, run).fit;
    };
    int all = 0;
    const std::string whole = bits_of(until(std::numeric_limits<int>::max(), all));
    CHECK(all >= 3);
    for (int moment = 0; moment < all; moment += 1 + moment / kMoments) {
      CAPTURE(moment);
      int moments = 0;
      const Fit fit = until(moment, moments);
      CHECK(moments > moment);
      if (!fit.converged.value_or(false)) continue;
      if (fit.bound) {
        CHECK(std::abs(*fit.objective - *fit.bound) <= learner->tolerance() * std::abs(*fit.objective));
      } else {
        CHECK(bits_of(fit) == whole);
      }
    }
  }
}
