#pragma once

#include <string>

#include "data/experiment/experiment.hpp"

namespace maha {

/// An experiment, or results that hold one, as JSON. Keys that are absent have their defaults. Throws InputError naming
/// the key that is wrong.
Experiment parse_experiment(const std::string& text);

/// Throws UsageError unless all names are UTF-8, as the JSON of an experiment is.
void require_utf8(const Experiment& experiment);

/// The experiment on one line.
std::string format_experiment(const Experiment& experiment);

}  // namespace maha
