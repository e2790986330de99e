#pragma once

#include "experiment/algorithm.hpp"
#include "experiment/results/results.hpp"
#include "experiment/splits/run_splits.hpp"

namespace maha::experiment {

/// The work was stopped from outside: the cell has no result.
struct RunStopped {};

/// Fits a variant. Throws InputError, also telling where all rows are of one class, and RunStopped if run.tell said so.
learn::Lesson fit(const Variant& variant, const data::Table& train, std::uint64_t seed, const Run& run);

/// What a cross-validation of these rows chooses, as evaluate() does.
Setup choose(const Algorithm& algorithm, const data::Table& rows, const Protocol& protocol, const Run& run);

/// Fits an algorithm to the training rows and classifies the test rows by k-NN, or predicts their targets. Where there
/// is something to choose, that is done first, by cross-validation of the training rows: the setup with the fewest
/// errors, or the least sum of squared ones, the first of equals; one that fails is not chosen, which is a warning. A
/// variant is fitted once for all k. Fills the cell's rows, errors or rmse, choice, warnings and times. Throws
/// InputError if the algorithm fails or the rows cannot be cut, RunStopped if run.tell said so.
void evaluate(const Algorithm& algorithm, RunSplits& splits, const Protocol& protocol, const Run& run, Cell& cell);

}  // namespace maha::experiment
