#include "cli/experiment/experiment_options.hpp"

#include <unistd.h>

#include <algorithm>

#include "cli/experiment/spec_proposals.hpp"
#include "cli/installation.hpp"
#include "core/text/names.hpp"
#include "core/text/text.hpp"
#include "data/words.hpp"
#include "experiment/experiment_json.hpp"
#include "experiment/final_fit.hpp"
#include "experiment/results/results_read.hpp"
#include "io/input.hpp"
#include "learn/table.hpp"

namespace maha::cli {
namespace {

/// The pattern with {} replaced by the path, and {.} by the path without its endings.
std::string fill_in(const std::string& pattern, const std::string& path) {
  std::string bare = path;
  for (const std::string ending : {".gz", ".csv"}) {
    if (bare.ends_with(ending)) bare.resize(bare.size() - ending.size());
  }
  std::string result;
  for (std::size_t at = 0; at < pattern.size();) {
    if (pattern.compare(at, 3, "{.}") == 0) {
      result += bare;
      at += 3;
    } else if (pattern.compare(at, 2, "{}") == 0) {
      result += path;
      at += 2;
    } else {
      result += pattern[at++];
    }
  }
  return result;
}

/// What --split says.
struct NamedParts {
  std::optional<std::string> name;
  experiment::DataSet::Parts parts;
};

/// [NAME=]TRAIN,TEST with the files from `start` on, behind a name unless that is 0; nothing if a file has no name.
std::optional<NamedParts> split_at(const std::string& text, std::size_t start, std::size_t comma) {
  NamedParts split{{}, {text.substr(start, comma - start), text.substr(comma + 1)}};
  if (start > 0) split.name = text.substr(0, start - 1);
  if (split.parts.train.empty() || split.parts.test.empty()) return std::nullopt;
  return split;
}

/// A `=` belongs to a name if no `/` or comma comes before it, and to a path otherwise; the first comma behind that
/// stands between the files. Where those are not there, but are if it is read another way, it is read that way: paths
/// may hold either character.
NamedParts read_split(const std::string& text) {
  const auto is_there = [](const std::string& path) { return path == "-" || ::access(path.c_str(), F_OK) == 0; };
  const std::size_t equals = text.find_first_of("=/,");
  std::vector<std::size_t> starts{0};
  if (equals != std::string::npos && text[equals] == '=') starts.insert(starts.begin(), equals + 1);
  std::optional<NamedParts> first;
  for (const std::size_t start : starts) {
    for (std::size_t comma = start; (comma = text.find(',', comma)) != std::string::npos; ++comma) {
      const std::optional<NamedParts> split = split_at(text, start, comma);
      if (!split) continue;
      if (is_there(split->parts.train) && is_there(split->parts.test)) return *split;
      if (!first) first = split;
    }
  }
  if (!first) throw UsageError("--split: " + in_quotes(text) + " is not TRAIN,TEST");
  return *first;
}

}  // namespace

ExperimentOptions::ExperimentOptions(App& app)
    : app_(app),
      input_(app, app, data::LabelUse::required, data::FeatureUse::read, Asked::label_or_target, LabelFiles::none) {
  app.files("files", files_, "CSV files with labels, each a data set that is cut into training and test rows",
            Takes::rows);
  app.repeated("--split", splits_, "a data set that is cut already; with the same NAME again, its next run",
               "[NAME=]TRAIN,TEST");
  app.repeated("-a,--algorithm", algorithms_,
               "algorithm, with options of its tool: " + join(learn::learner_names()) +
                   "; NAME= before it calls it so; may be repeated (default: all)",
               "[NAME=]ALGORITHM[:OPTION=VALUE,...]");
  app.propose("--algorithm", propose_algorithms);
  app.input("--experiment", file_, "read data sets, algorithms and protocol from this JSON, or from results");
  app.input("--from", results_, "show the results in this JSON of an earlier run; nothing is read or fitted beside");
  app.option("--folds", folds_, "K-fold cross-validation, 10 if nothing else is said", "K");
  app.option("--test", protocol_.test, "hold out this share of the rows instead", "SHARE");
  app.option("--repeats", protocol_.repeats, "do so R times, with seeds S, S + 1, ...", "R");
  app.column("--fold-column", fold_column_, "the folds are in this column");
  app.option("--folds-file", folds_file_,
             "the folds are in this file, a line a row; {} is the data's path, {.} the same without .csv", "FILE")
      .taking(Takes::input);
  app.option("-k,--neighbors", protocol_.ks, "neighbours that vote; of several, one is chosen in the inner folds",
             "K,...");
  app.choice("--votes", protocol_.votes, data::kVoteWords, "how ties are settled, as in maha-knn");
  app.option("--inner-folds", protocol_.inner_folds, "folds of the training rows, to choose among values", "K");
  app.option("--seed", protocol_.seed, "another seed, other splits and other pairs");
  app.add(protocol_.preprocessing);
}

experiment::Experiment ExperimentOptions::experiment() {
  if (file_) return from_file();
  check_protocol();
  if (input_.target_given()) input_.want_target();
  experiment::Experiment experiment{datasets(), {}, protocol_};
  experiment.protocol.folds = folds_.value_or(experiment.protocol.folds);
  for (const std::string& text : algorithms_) experiment.algorithms.push_back(experiment::algorithm_choice(text));
  if (algorithms_.empty()) experiment.algorithms = experiment::usual_algorithms(input_.target_given());
  return experiment;
}

std::optional<experiment::Results> ExperimentOptions::earlier_results() {
  if (!results_) return std::nullopt;
  require_alone("--from", {"--format", "--output"});
  const std::string text = text_of(*results_);
  try {
    return experiment::parse_results(text);
  } catch (const InputError& e) {
    throw InputError(io::input_name(*results_) + ": " + e.what());
  }
}

/// Throws UsageError if anything is given beside an option that says all of it but what `beside` says.
void ExperimentOptions::require_alone(const std::string& option, std::vector<std::string> beside) const {
  if (!files_.empty() || !splits_.empty() || !algorithms_.empty()) {
    throw UsageError(option + ": data sets and algorithms are in that file");
  }
  beside.push_back(option);
  for (const std::string& name : app_.given_beside(std::move(beside))) {
    throw UsageError(name + " does not go with " + option +
                     (option == "--from" ? ", which fits nothing" : ": it is said in that file"));
  }
}

std::string ExperimentOptions::text_of(const std::string& path) const {
  app_.about_to_read(path);
  return io::read_all(path);
}

/// An option that would change nothing is an error.
void ExperimentOptions::check_protocol() const {
  if (folds_.has_value() + protocol_.test.has_value() + fold_column_.has_value() + folds_file_.has_value() > 1) {
    throw UsageError("give one of --folds, --test, --fold-column and --folds-file");
  }
  const bool published = fold_column_ || folds_file_, only_splits = files_.empty() && !splits_.empty();
  for (const std::string& name : app_.given()) {
    const bool cuts = name == "--folds" || name == "--test" || name == "--fold-column" || name == "--folds-file";
    if (only_splits && (cuts || name == "--repeats")) throw UsageError(name + ": what --split names is cut already");
    if (published && name == "--repeats") throw UsageError(name + ": folds that are given are there once");
  }
}

experiment::Experiment ExperimentOptions::from_file() {
  require_alone("--experiment", {"--format", "--output", "--times", "--journal", "--best", "--shard", "--merge"});
  const std::string text = text_of(*file_);
  try {
    return experiment::parse_experiment(text);
  } catch (const InputError& e) {
    throw InputError(about_file(e));
  }
}

std::string ExperimentOptions::about_file(const InputError& e) const {
  return io::input_name(*file_) + ": " + e.what();
}

std::vector<experiment::Algorithm> ExperimentOptions::algorithms(const experiment::Experiment& experiment,
                                                                 bool model) const {
  try {
    experiment::check(experiment, file_ ? experiment::SaidBy::file : experiment::SaidBy::options);
    std::vector<experiment::Algorithm> algorithms = experiment::algorithms_of(experiment);
    if (model) experiment::check_final(experiment, algorithms);
    return algorithms;
  } catch (const InputError& e) {
    if (!file_) throw;
    throw InputError(about_file(e));
  }
}

std::string ExperimentOptions::command(const std::vector<std::string>& without, const std::string& more) const {
  std::string line = app_.name();
  for (const auto& [name, values, is_file] : app_.settings()) {
    if (std::find(without.begin(), without.end(), name) != without.end()) continue;
    if (values.empty()) line += " " + name;
    for (const std::string& value : values)
      line += " " + name + (value.starts_with('-') ? "=" : " ") + shell_word(value);
  }
  line += " " + more;
  for (const std::string& path : files_) line += " " + shell_word(path);
  return line;
}

std::vector<experiment::DataSet> ExperimentOptions::datasets() const {
  std::vector<experiment::DataSet> sets;
  for (const std::string& path : files_) {
    experiment::DataSet& set = sets.emplace_back(data_set(path));
    set.file = path;
    set.fold_column = fold_column_;
    if (folds_file_) set.folds_file = fill_in(*folds_file_, path);
  }
  for (const std::string& text : splits_) add_split(text, sets);
  if (sets.empty()) {
    sets.push_back(data_set("-"));
    sets.back().file = "-";
  }
  std::vector<std::string> inputs;
  for (const experiment::DataSet& set : sets) {
    inputs.push_back(set.file);
    for (const auto& [train, test] : set.parts) inputs.insert(inputs.end(), {train, test});
  }
  app_.check_inputs(inputs);
  return sets;
}

void ExperimentOptions::add_split(const std::string& text, std::vector<experiment::DataSet>& sets) const {
  const auto [name, parts] = read_split(text);
  experiment::DataSet set = data_set(parts.train);
  if (name) set.name = *name;
  auto known = std::find_if(sets.begin(), sets.end(), [&](const experiment::DataSet& s) { return s.name == set.name; });
  if (known == sets.end() || known->parts.empty()) known = sets.insert(sets.end(), set);
  known->parts.push_back(parts);
}

experiment::DataSet ExperimentOptions::data_set(const std::string& path) const {
  experiment::DataSet set;
  set.name = path == "-" ? "stdin" : experiment::data_set_name(path);
  (input_.request.target ? set.target : set.label) = input_.request.label;
  set.drop = input_.request.drop;
  if (input_.request.id) set.drop.push_back(*input_.request.id);
  set.header = input_.request.header;
  set.dialect = input_.dialect();
  set.missing = input_.missing().value_or(data::MissingField::error);
  return set;
}

}  // namespace maha::cli
