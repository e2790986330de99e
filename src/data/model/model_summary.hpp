#pragma once

#include <string>

#include "core/report.hpp"
#include "data/model/model.hpp"

namespace maha::data {

/// A summary of a model: how it was made, its form, rank, spectrum and condition, and everything that it records, with
/// nested keys such as `parameters.ridge`.
Report summarize(const Model& model);

/// The report on a model that could be read: `sound`, its form and rank.
Report soundness(const Model& model);

/// The eigenvalues of M with each one's share of their sum: `eigenvalues`, `shares`.
Report spectrum_report(const Model& model);

/// The diagonal of M, with a key for each feature: the weight of a difference in that feature alone.
Report weights_report(const Model& model);

/// How the metrics of two models differ (metric/difference.hpp). Features are matched by name if both have names.
/// Throws InputError if they are over different features.
Report compare_models(const Model& a, const Model& b);

}  // namespace maha::data
