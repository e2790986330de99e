#pragma once

#include <string>
#include <vector>

#include "cli/help/page.hpp"

namespace maha::cli {

/// What an algorithm that has begun so, [NAME=]ALGORITHM[:OPTION=VALUE,...], may go on with: a learner, one of its
/// options, a value.
std::vector<Proposal> propose_algorithms(const std::string& begun);

}  // namespace maha::cli
