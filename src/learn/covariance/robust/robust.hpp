#pragma once

#include "core/next_rows.hpp"
#include "core/run.hpp"
#include "learn/covariance/options.hpp"
#include "learn/fit.hpp"
#include "prepare/preprocessing_options.hpp"

namespace maha::learn::covariance {

/// M = S^-1 with S the minimum covariance determinant of the rows after preprocessing: of the h rows whose covariance
/// has the least determinant (Rousseeuw, J. Am. Stat. Assoc. 79:871-880, 1984), as search/search.hpp finds them, times
/// a consistency and a small-sample factor (factors.hpp); then reweighted: the covariance of the rows within the .975
/// quantile of chi-squared under it, times factors for that. The centre is their mean.
///
/// h is the options' `support` of n, rounded up, and at least [(n + d + 1) / 2]. The rows are kept, and taken in the
/// order of their values, so that the bits of the fit do not depend on their order, nor on the number of threads.
/// Where linear dependences hold for all rows, the search is for coordinates in which they have full rank, and M is the
/// pseudo-inverse, as without `robust`.
///
/// Extras: rank; support_rows (h); log_determinant of the h rows' covariance, divisor h, over the features after
/// preprocessing, if not singular; outliers, the number of rows beyond the quantile; deviations as without `robust`.
/// Throws InputError for no more rows than features, and what fit_covariance throws; FeaturesError if h rows, but not
/// all, lie on a hyperplane. Memory: four times that of the rows.
Fit fit_robust(const NextRows& next, const prepare::PreprocessingOptions& preprocessing,
               const CovarianceOptions& options, const Run& run);

}  // namespace maha::learn::covariance
