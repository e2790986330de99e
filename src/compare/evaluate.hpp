#pragma once

#include "compare/algorithm.hpp"
#include "compare/splits.hpp"
#include "data/experiment/results.hpp"

namespace maha::compare {

/// The run was stopped from outside; its cell has no result.
struct Stopped {};

/// Fits an algorithm to the training rows and classifies the test rows by k-NN. Where there is something to choose,
/// that is done first, by cross-validation of the training rows: the variant with the fewest errors, the first of
/// equals; one that fails is not chosen. Fills the cell's rows, errors, choice, warnings and times. Throws InputError
/// if the algorithm fails, Stopped if run.tell said so.
void evaluate(const Algorithm& algorithm, const SplitData::Parts& parts, const Protocol& protocol, const Run& run,
              Cell& cell);

}  // namespace maha::compare
