#pragma once

#include "compare/algorithm.hpp"
#include "compare/run_splits.hpp"
#include "data/experiment/results.hpp"

namespace maha::compare {

/// The work was stopped from outside: the cell has no result.
struct Stopped {};

/// Fits an algorithm to the training rows and classifies the test rows by k-NN. Where there is something to choose,
/// that is done first, by cross-validation of the training rows: the variant with the fewest errors, the first of
/// equals; one that fails is not chosen. Fills the cell's rows, errors, choice, warnings and times. Throws InputError
/// if the algorithm fails or the rows cannot be cut, Stopped if run.tell said so.
void evaluate(const Algorithm& algorithm, RunSplits& splits, const Protocol& protocol, const Run& run, Cell& cell);

}  // namespace maha::compare
