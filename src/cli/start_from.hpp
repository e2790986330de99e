#pragma once

#include "data/model/model.hpp"
#include "learn/embedding/training_options.hpp"
#include "learn/prepare/preprocessing.hpp"

namespace maha::cli {

/// Lets training start from a model over the raw features; with its widths, if those of `options` are not to stand.
void start_from(const Model& init, const Preprocessing& prepared, bool with_its_widths, TrainingOptions& options);

}  // namespace maha::cli
