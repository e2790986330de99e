#include "cli/experiment/spec_proposals.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "experiment/experiment.hpp"
#include "learn/table.hpp"
#include "prepare/draw/pair_source.hpp"

namespace maha::cli {
namespace {

/// The learners, each behind `before`; one that is written out may go on with its options.
std::vector<Proposal> learners(const std::string& before, const std::string& begun) {
  std::vector<Proposal> all;
  for (const std::string& name : learn::learner_names()) {
    const std::string summary = learn::make_learner(name)->summary();
    all.push_back({before + name, summary});
    if (name == begun) all.push_back({before + name + ":", "with options of its own"});
  }
  return all;
}

/// The values of an option that has words for them; another of those to choose from stands behind a `|`.
std::vector<Proposal> values_of(const Option& option, const std::string& before, const std::string& value) {
  const std::string earlier = value.substr(0, value.rfind('|') + 1);
  std::vector<std::string> words = option.words();
  if (option.is_flag()) words = {"true", "false"};
  std::vector<Proposal> all;
  for (const std::string& word : words) all.push_back({before + earlier + word, ""});
  return all;
}

/// What the last piece of a spec, behind `before`, may become. An option that is there already is not proposed again.
std::vector<Proposal> pieces(OptionList& options, const std::string& before, const std::string& piece) {
  const std::size_t equals = piece.find('=');
  if (equals != std::string::npos) {
    const std::string name = piece.substr(0, equals);
    return values_of(options.at(name), before + name + "=", piece.substr(equals + 1));
  }
  const auto is_there = [&](const std::string& name) {
    return before.find(":" + name + "=") != std::string::npos || before.find("," + name + "=") != std::string::npos;
  };
  std::vector<Proposal> all;
  const auto propose = [&](const std::string& name, const std::string& help) {
    if (!is_there(name)) all.push_back({before + name + "=", help});
  };
  for (const Option& option : options.options()) propose(option.long_name(), option.help());
  propose(experiment::kVoteK, "neighbours that vote");
  return all;
}

}  // namespace

std::vector<Proposal> propose_algorithms(const std::string& begun) {
  const std::size_t mark = begun.find_first_of("=:");
  const bool named = mark != std::string::npos && begun[mark] == '=';
  const std::string name = named ? begun.substr(0, mark + 1) : "", spec = begun.substr(name.size());
  const std::size_t colon = spec.find(':');
  if (colon == std::string::npos) return learners(name, spec);
  try {
    const std::unique_ptr<learn::Learner> learner = learn::make_learner(spec.substr(0, colon));
    prepare::PairSource pairs;
    if (learner->wants_pairs()) prepare::declare(learner->options(), pairs);
    const std::size_t at = std::max(colon, spec.find(',') == std::string::npos ? 0 : spec.rfind(',')) + 1;
    return pieces(learner->options(), name + spec.substr(0, at), spec.substr(at));
  } catch (const UsageError&) {
    return {};  // no such learner, no such option
  }
}

}  // namespace maha::cli
