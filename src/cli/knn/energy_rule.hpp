#pragma once

#include "cli/knn/reference_rows.hpp"
#include "eval/knn/knn_classifier.hpp"

namespace maha::cli {

/// Classes of the test rows by LMNN's energy (eval/knn/energy.hpp), with the k, the weight and the fate of small
/// classes that the fit of the reference's model had; `margin`: of a row against other classes, squared. After read()
/// and read_test(); the tables' features are used up. Throws InputError naming the model unless it is one of maha-lmnn,
/// fitted to target neighbours of its own.
eval::KnnPrediction predict_by_energy(const ReferenceRows& reference, data::Table& train, data::Table& test,
                                      double margin, const Threads& threads);

}  // namespace maha::cli
