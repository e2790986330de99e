#pragma once

#include <memory>
#include <string>
#include <vector>

#include "learn/learner.hpp"

namespace maha::learn {

/// The learner that maha-NAME runs, or `euclidean`. Throws UsageError with a list of all names if there is none.
std::unique_ptr<Learner> make_learner(const std::string& name);

/// The names of all learners, in the order of the table.
std::vector<std::string> learner_names();

}  // namespace maha::learn
