#pragma once

#include <optional>
#include <string>

#include "cli/app.hpp"
#include "cli/experiment/experiment_options.hpp"
#include "cli/experiment/journal_options.hpp"
#include "experiment/runner.hpp"

namespace maha::cli {

/// What a run writes beside its results, and whether those will be JSON.
struct RunOutputs {
  std::optional<std::string> best;
  bool as_json = false;
};

/// Runs the experiment of a command line, or a shard of it, or takes it from journals: warnings, notes and how far it
/// has come go to standard error, the model of the best algorithm to its output, if there can be one. Signals are
/// listened to: the first one ends the work, with Exit; the journal keeps what was finished. Throws InputError and UsageError as the options and run_experiment do,
/// and UsageError for names that are not UTF-8 where they must be; where journals do not hold all, the InputError names
/// the command that works out what is missing.
experiment::Comparison run_experiment(ExperimentOptions& options, App& app, const JournalOptions& journals,
                                      const RunOutputs& outputs);

}  // namespace maha::cli
