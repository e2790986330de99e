#include "compare/algorithm.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/names.hpp"
#include "core/text.hpp"
#include "learn/table.hpp"

namespace maha::compare {
namespace {

constexpr Index kPairs = 2000;  // drawn for learners from pairs, unless the spec says which

/// An option and the values it may have.
struct Choice {
  std::string name;
  std::vector<std::string> values;
};

std::vector<Choice> parse_choices(const std::string& text) {
  std::vector<Setting> settings;
  for (const std::string& piece : split(text, ',')) {
    const std::size_t equals = piece.find('=');
    if (equals == std::string::npos && !settings.empty()) {
      settings.back().value += "," + piece;
    } else {
      std::string name = piece.substr(0, equals);
      std::replace(name.begin(), name.end(), '_', '-');
      settings.push_back({name, equals == std::string::npos ? "true" : piece.substr(equals + 1)});
    }
  }
  std::vector<Choice> choices;
  for (const Setting& setting : settings) {
    if (setting.name.empty()) throw UsageError("an option has no name");
    const auto same = [&](const Choice& other) { return other.name == setting.name; };
    if (std::any_of(choices.begin(), choices.end(), same))
      throw UsageError(in_quotes(setting.name) + " is given twice");
    choices.push_back({setting.name, split(setting.value, '|')});
  }
  return choices;
}

/// Every combination of the choices' values.
std::vector<Variant> combinations(const std::vector<Choice>& choices) {
  std::vector<Variant> all(1);
  for (const auto& [name, values] : choices) {
    std::vector<Variant> longer;
    for (const Variant& variant : all) {
      for (const std::string& value : values) {
        Variant& next = longer.emplace_back(variant);
        next.settings.push_back({name, value});
        if (values.size() > 1) next.choice += (next.choice.empty() ? "" : ",") + name + "=" + value;
      }
    }
    all = std::move(longer);
  }
  return all;
}

}  // namespace

Algorithm::Algorithm(const AlgorithmChoice& choice, const PreprocessingOptions& standing) : standing_(standing) {
  const std::size_t colon = choice.spec.find(':');
  learner_ = choice.spec.substr(0, colon);
  try {
    variants_ = colon == std::string::npos ? std::vector<Variant>(1)
                                           : combinations(parse_choices(choice.spec.substr(colon + 1)));
    for (const Variant& variant : variants_) prepare(variant, 1);
  } catch (const UsageError& e) {
    throw UsageError("algorithm " + in_quotes(choice.spec) + ": " + e.what());
  }
}

Algorithm::Prepared Algorithm::prepare(const Variant& variant, std::uint64_t seed) const {
  Prepared prepared{make_learner(learner_), std::make_unique<PairSource>()};
  Learner& learner = *prepared.learner;
  learner.preprocessing = standing_;
  learner.reseed(seed);
  PairSource& pairs = *prepared.pairs;
  pairs.seed = seed;
  OptionList& options = learner.options();
  if (learner.wants_pairs()) declare(options, pairs);
  options.set(variant.settings);
  learner.check();
  const Hooks& hooks = learner.hooks();
  if (const std::string prior = hooks.prior ? hooks.prior() : ""; !prior.empty()) {
    throw UsageError("--prior: " + in_quotes(prior) + " " + hooks.no_models);
  }
  if (!learner.wants_pairs()) return prepared;
  pairs.fewer_if_need_be = !pairs.chosen();
  if (!pairs.chosen()) pairs.count = kPairs;
  check(pairs);
  return prepared;
}

cli::Fitted Algorithm::fit(const Variant& variant, const Table& train, std::uint64_t seed, const Run& run) const {
  const Prepared prepared = prepare(variant, seed);
  cli::Companions with;
  if (prepared.learner->wants_pairs()) {
    with.pairs = prepared.pairs->draw(train.X, train.y, prepared.learner->preprocessing, run.threads);
  }
  return cli::fit_table(*prepared.learner, train, std::move(with), run);
}

}  // namespace maha::compare
