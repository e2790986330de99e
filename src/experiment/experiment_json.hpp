#pragma once

#include <string>

#include "experiment/experiment.hpp"

namespace maha::experiment {

/// Parses an experiment, or results that include one, from JSON. Absent keys have their defaults. Throws InputError
/// naming the wrong key.
Experiment parse_experiment(const std::string& text);

/// Throws UsageError unless all names are UTF-8, as the JSON of an experiment is.
void require_utf8(const Experiment& experiment);

/// The experiment on one line, or the protocol.
std::string format_experiment(const Experiment& experiment);
std::string format_protocol(const Protocol& protocol);

}  // namespace maha::experiment
