#pragma once

#include "core/next_rows.hpp"
#include "core/run.hpp"
#include "learn/covariance/options.hpp"
#include "learn/fit.hpp"
#include "prepare/preprocessing_options.hpp"

namespace maha::learn::covariance {

/// M = S^-1, Mahalanobis' metric (Proc. Nat. Inst. Sci. India 2:49-55, 1936), with S the covariance of the rows after
/// preprocessing, or with shrinkage (1 - rho) S + rho tr(S)/d I. A singular S gets its pseudo-inverse, which gives no
/// weight to a feature without variance and shares weight among dependent ones (linalg/spectral/psd.hpp, invert_psd).
///
/// One pass in memory O(d^2 log n). Fewer rows than features are kept, and M is then a factor L of their number
/// (few_rows.hpp). Ledoit-Wolf shrinkage within classes takes O(C d^2), and after PCA it keeps the
/// rows. The bits depend neither on how the rows are cut into blocks nor on which ids stand for which classes.
///
/// The metric is over the raw features; the centre is the mean of all rows. The fit's singularity is that of S after
/// shrinkage and ridge, over features or principal components. Extras: rank; with shrinkage, shrinkage (rho); of a
/// singular S, unless within classes or after PCA, deviations (d: the standard deviations of the raw features).
/// Throws InputError for no rows, an option out of range, `within` without classes, a divisor of 0 and values whose
/// squares overflow. Cost: d^2 multiply-adds a row (Ledoit-Wolf 3 d^2) + d^3.
Fit fit_covariance(const NextRows& next, const prepare::PreprocessingOptions& preprocessing,
                   const CovarianceOptions& options, const Run& run = {});

/// The same of rows known by their scatters; neither robust nor with Ledoit-Wolf shrinkage. Cost: d^3.
Fit fit_scatters(const Scatters& scatters, const prepare::PreprocessingOptions& preprocessing,
                 const CovarianceOptions& options, const Run& run = {});

/// The same for rows in memory, without preprocessing. y: class ids; may be empty unless `within`.
Fit fit_covariance(const MatrixRef& X, const Labels& y, const CovarianceOptions& options = {}, const Run& run = {});

}  // namespace maha::learn::covariance
