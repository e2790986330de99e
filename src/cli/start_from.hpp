#pragma once

#include "data/model.hpp"
#include "learn/preprocessing.hpp"
#include "learn/training_options.hpp"

namespace maha::cli {

/// Lets training start from a model over the raw features; with its widths, if those of `options` are not to stand.
void start_from(const Model& init, const Preprocessing& prepared, bool with_its_widths, TrainingOptions& options);

}  // namespace maha::cli
