#pragma once

#include <string>
#include <vector>

#include "cli/inputs/csv_input.hpp"
#include "learn/learner.hpp"

namespace maha::cli {

/// The file of rows that a learner takes, for its help.
std::string rows_wanted(learn::From from);

/// Whether it must have labels, or a target, whatever other files are given.
data::LabelUse label_use(learn::From from);

/// The column that it learns from.
Asked column_asked(learn::From from);

/// Its examples for help: its own, or those that suit any learner.
std::vector<std::string> examples_of(const learn::Learner& learner);

}  // namespace maha::cli
