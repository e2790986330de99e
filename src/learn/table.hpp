#pragma once

#include <memory>
#include <string>
#include <vector>

#include "learn/learner.hpp"

namespace maha {

/// The learner maha-NAME runs, or `euclidean`. Throws UsageError listing what there is.
std::unique_ptr<Learner> make_learner(const std::string& name);

/// The names of all learners, in the order of the table.
std::vector<std::string> learner_names();

}  // namespace maha
