#pragma once

#include <string>

#include "experiment/results/results.hpp"

namespace maha::experiment {

/// Results as results_json wrote them; their times are not in it. What it gives of statistics is worked out anew, and
/// keys that are not known are passed over. Throws InputError, without the file's name, naming the entry: not JSON,
/// another format or version, an experiment that makes no sense, figures that contradict each other, a run that is
/// missing or there twice.
Results parse_results(const std::string& text);

}  // namespace maha::experiment
