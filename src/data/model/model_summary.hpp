#pragma once

#include <string>

#include "core/report.hpp"
#include "data/model/model.hpp"

namespace maha {

/// What there is to know of a model at a glance: how it was made, its form, rank, spectrum and condition, and all that
/// it recorded; nested keys as `parameters.ridge`.
Report summarize(const Model& model);

/// That the model could be read: `sound`, its form and rank.
Report soundness(const Model& model);

/// The eigenvalues of M with each one's share of their sum: `eigenvalues`, `shares`.
Report spectrum_report(const Model& model);

/// The diagonal of M, a key for each feature: the weight of a difference in that feature alone.
Report weights_report(const Model& model);

/// How far two models' metrics are apart (metric/comparison.hpp). Features are matched by name where both have names.
/// Throws InputError if they are over different features.
Report compare_models(const Model& a, const Model& b);

}  // namespace maha
