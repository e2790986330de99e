#pragma once

#include <string>

#include "data/experiment.hpp"

namespace maha {

/// An experiment, or results that hold one, as JSON. Keys that are absent have their defaults. Throws InputError naming
/// the key that is wrong.
Experiment parse_experiment(const std::string& text);

/// The experiment on one line.
std::string format_experiment(const Experiment& experiment);

}  // namespace maha
