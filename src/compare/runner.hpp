#pragma once

#include <functional>
#include <optional>
#include <string>

#include "cli/app.hpp"
#include "data/experiment/results.hpp"

namespace maha::compare {

/// Runs every algorithm of an experiment in every run on every data set: reads the data, fits each algorithm to the
/// training rows, and counts the errors of k-NN on the test rows; algorithms have the same runs. An algorithm that
/// fails is reported in its cell. Cells are run side by side; the results are the same with any number of threads.
///
/// `journal`: a file to which each finished cell is appended, and whose cells are taken as they are; absent or empty at
/// first. `as_json`: the results are going to be written as JSON, so that names must be UTF-8, as with a journal.
/// Signals are listened to: the first one ends the work, with Exit; the journal keeps what was finished. Throws
/// InputError if data or the journal cannot be read, UsageError if the experiment makes no sense.
Results run_experiment(const Experiment& experiment, cli::App& app, const std::optional<std::string>& journal,
                       bool as_json);

}  // namespace maha::compare
