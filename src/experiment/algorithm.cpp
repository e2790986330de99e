#include "experiment/algorithm.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/text/names.hpp"
#include "core/text/text.hpp"
#include "experiment/spec.hpp"
#include "learn/table.hpp"

namespace maha::experiment {
namespace {

constexpr std::size_t kMostCombinations = 1000;  // each is fitted in every inner fold; those of a few values multiply

constexpr Index kPairs = 2000;  // drawn for learners from pairs, unless the spec says which

const std::string kKernelOption = "kernel";

// At full rank it is the Euclidean distance. A rank above the number of features fails, and is not chosen.
const std::string kUsualPca = "pca:rank=0|2|4|8|16|32";

/// Whether labelled rows are all that such a learner needs; pairs are drawn from them.
bool learns_from_labels(learn::From from) {
  switch (from) {
    case learn::From::nothing:
    case learn::From::rows:
    case learn::From::labels:
    case learn::From::pairs:
    case learn::From::labels_or_pairs:
    case learn::From::labels_or_triplets:
    case learn::From::labels_or_quadruplets:
    case learn::From::labels_or_chunks:
    case learn::From::labels_or_target:
      return true;
    case learn::From::target:
      return false;
  }
  return false;
}

/// Whether rows with a target in place of labels are.
bool learns_from_target(learn::From from) {
  return from == learn::From::nothing || from == learn::From::rows || from == learn::From::target ||
         from == learn::From::labels_or_target;
}

/// An option and the values it may have.
struct Choice {
  std::string name;
  std::vector<std::string> values;
};

std::vector<Choice> choices_of(const Spec& spec) {
  std::vector<Choice> choices;
  for (const Setting& option : spec.options) choices.push_back({option.name, split(option.value, '|')});
  return choices;
}

/// A value for each option.
struct Combination {
  std::vector<Setting> settings;
  std::string choice;  // those of them that there were others of
};

/// The values of kVoteK, which is no option of the learner and taken out; `standing` if it is not there.
std::vector<Index> take_ks(std::vector<Choice>& choices, const std::vector<Index>& standing) {
  const auto is_k = [](const Choice& choice) { return choice.name == kVoteK; };
  const auto found = std::find_if(choices.begin(), choices.end(), is_k);
  if (found == choices.end()) return standing;
  std::vector<Index> ks;
  for (const std::string& value : found->values) {
    ks.push_back(number_from<Index>(kVoteK, value));
    if (ks.back() < 1) throw UsageError(kVoteK + ": " + value + " must be at least 1");
  }
  choices.erase(found);
  return ks;
}

/// Throws UsageError if the choices' values make too many combinations.
void check_number(const std::vector<Choice>& choices) {
  std::size_t number = 1;
  for (const Choice& choice : choices) {
    number *= choice.values.size();
    if (number <= kMostCombinations) continue;
    throw UsageError("the values to choose from make more than " + std::to_string(kMostCombinations) + " combinations");
  }
}

/// The settings of every combination of the choices' values.
std::vector<std::vector<Setting>> all_settings(const std::vector<Choice>& choices) {
  std::vector<std::vector<Setting>> all(1);
  for (const auto& [name, values] : choices) {
    std::vector<std::vector<Setting>> longer;
    for (const std::vector<Setting>& settings : all) {
      for (const std::string& value : values) longer.emplace_back(settings).push_back({name, value});
    }
    all = std::move(longer);
  }
  return all;
}

/// Whether the kernel of that name has a use for an option. A word that is no kernel's is refused where it is set.
bool has_use_for(const std::string& word, const std::string& option) {
  for (const auto& [name, kernel] : prepare::kKernelWords) {
    if (word == name) return prepare::has_use_for(kernel, option);
  }
  return true;
}

/// Leaves out what the kernel of these settings has no use for, if another of the kernels has.
void leave_out_for_kernel(std::vector<Setting>& settings, const Choice& kernels) {
  const auto names_kernel = [](const Setting& setting) { return setting.name == kKernelOption; };
  const std::string word = std::find_if(settings.begin(), settings.end(), names_kernel)->value;
  std::erase_if(settings, [&](const Setting& setting) {
    const auto uses = [&](const std::string& kernel) { return has_use_for(kernel, setting.name); };
    return !uses(word) && std::any_of(kernels.values.begin(), kernels.values.end(), uses);
  });
}

/// Those of the settings that there were others of.
std::string choice_of(const std::vector<Setting>& settings, const std::vector<Choice>& choices) {
  std::string text;
  for (const Setting& setting : settings) {
    const auto same = [&](const Choice& choice) { return choice.name == setting.name; };
    if (std::find_if(choices.begin(), choices.end(), same)->values.size() == 1) continue;
    text += (text.empty() ? "" : ",") + setting.name + "=" + setting.value;
  }
  return text;
}

/// Every combination of the choices' values, each once.
std::vector<Combination> combinations(const std::vector<Choice>& choices) {
  check_number(choices);
  const auto is_kernel = [](const Choice& choice) { return choice.name == kKernelOption; };
  const auto kernels = std::find_if(choices.begin(), choices.end(), is_kernel);
  std::vector<Combination> all;
  for (std::vector<Setting>& settings : all_settings(choices)) {
    if (kernels != choices.end()) leave_out_for_kernel(settings, *kernels);
    const std::string choice = choice_of(settings, choices);
    const auto same = [&](const Combination& other) { return other.choice == choice; };
    if (std::none_of(all.begin(), all.end(), same)) all.push_back({std::move(settings), choice});
  }
  return all;
}

}  // namespace

Variant::Variant(const std::string& learner, std::vector<Setting> settings, std::string choice,
                 const prepare::PreprocessingOptions& standing)
    : settings_(std::move(settings)), choice_(std::move(choice)), learner_(learn::make_learner(learner)) {
  learner_->preprocessing = standing;
  const auto names_kernel = [](const Setting& setting) { return setting.name == kKernelOption; };
  if (std::any_of(settings_.begin(), settings_.end(), names_kernel)) learner_->preprocessing.kernel = {};
  OptionList& options = learner_->options();
  if (learner_->wants_pairs()) prepare::declare(options, *pairs_);
  options.set(settings_);
  learner_->check();
  const auto& wrong = learner_->hooks().wrong_without_files;
  if (const std::string what = wrong ? wrong() : ""; !what.empty()) throw UsageError(what);
  if (!learner_->wants_pairs()) return;
  pairs_->fewer_if_need_be = !pairs_->chosen();
  if (!pairs_->chosen()) pairs_->count = kPairs;
  prepare::check(*pairs_);
}

learn::Lesson Variant::fit(const data::Table& train, std::uint64_t seed, const Run& run) const {
  learn::Samples samples;
  if (learner_->wants_pairs()) {
    prepare::PairSource source = *pairs_;
    source.seed = seed;
    samples.pairs = source.draw(train.X, train.y, learner_->preprocessing, run.threads);
  }
  samples.X = train.X;
  samples.y = train.y;
  samples.target = train.target;
  samples.class_names = train.classes;
  samples.feature_names = train.columns.feature_names();
  return learner_->learn(std::move(samples), run, seed);
}

std::vector<std::string> Variant::warnings(const learn::Lesson& lesson, const data::Table& train) const {
  return learner_->warnings(lesson.fit, train.columns.feature_names());
}

Algorithm::Algorithm(const AlgorithmChoice& choice, const Protocol& protocol) {
  try {
    const Spec spec = parse_spec(choice.spec);
    std::vector<Choice> choices = choices_of(spec);
    ks_ = take_ks(choices, protocol.ks);
    for (Combination& one : combinations(choices)) {
      variants_.emplace_back(spec.learner, std::move(one.settings), std::move(one.choice), protocol.preprocessing);
    }
  } catch (const UsageError& e) {
    throw UsageError("algorithm " + in_quotes(choice.spec) + ": " + e.what());
  }
}

std::vector<Setup> Algorithm::setups() const {
  std::vector<Setup> all;
  for (const Variant& variant : variants_) {
    for (const Index k : ks_) {
      Setup& setup = all.emplace_back(Setup{&variant, k, variant.choice()});
      if (ks_.size() == 1) continue;
      setup.choice += (setup.choice.empty() ? "" : ",") + kVoteK + "=" + std::to_string(k);
    }
  }
  return all;
}

AlgorithmChoice algorithm_choice(const std::string& text) {
  const std::size_t equals = text.find_first_of("=:");  // behind a colon it belongs to an option
  if (equals == std::string::npos || text[equals] == ':') return {text, text};
  return {text.substr(0, equals), text.substr(equals + 1)};
}

std::vector<AlgorithmChoice> usual_algorithms(bool regression) {
  std::vector<AlgorithmChoice> all;
  for (const std::string& name : learn::learner_names()) {
    const learn::From from = learn::make_learner(name)->from();
    if (!(regression ? learns_from_target(from) : learns_from_labels(from))) continue;
    all.push_back({name, name == "pca" ? kUsualPca : name});
  }
  return all;
}

std::vector<Algorithm> algorithms_of(const Experiment& experiment) {
  std::vector<Algorithm> all;
  for (const AlgorithmChoice& choice : experiment.algorithms) {
    all.emplace_back(choice, experiment.protocol);
    const learn::From from = all.back().variants().front().learner().from();
    const std::string name = "algorithm " + in_quotes(choice.spec);
    if (experiment.regression() && !learns_from_target(from))
      throw UsageError(name + " learns from labels, and the data sets have a target");
    if (!experiment.regression() && !learns_from_labels(from))
      throw UsageError(name + " learns from a target: --target COLUMN, or target in an experiment file");
  }
  return all;
}

}  // namespace maha::experiment
