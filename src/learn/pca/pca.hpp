#pragma once

#include "core/next_rows.hpp"
#include "core/run.hpp"
#include "learn/declarations.hpp"
#include "learn/fit.hpp"
#include "prepare/preprocessing_options.hpp"

namespace maha::learn::pca {

struct PcaOptions {
  Index rank = 0;       ///< number of components, >= 1; 0: all in which the rows vary
  bool whiten = false;  ///< scale each component to variance 1
};

/// The options of maha-pca.
void declare(OptionList& all, PcaOptions& options);

/// Its examples for --help.
void describe(Hooks& hooks, PcaOptions& options);

/// The leading principal components of the rows: L = V', or whitened L = Lambda^-1/2 V', with V the eigenvectors of the
/// covariance S (divisor n) that have the largest eigenvalues Lambda. Pearson, Philosophical Magazine 2:559-572, 1901;
/// Hotelling, J. Educ. Psychol. 24:417-441, 1933. At full rank distances are Euclidean, or whitened those of S^-1.
/// Directions in which the rows vary by no more than rounding are left out. Each component's largest entry is positive.
///
/// One pass. The metric is over the raw features; the centre is the mean. Extras: rank; kept, the share of the
/// variance; residual, the largest |S v - lambda v| relative to the largest lambda. Throws InputError for no rows, a
/// rank above d and values whose squares overflow. Cost: d^2 multiply-adds a row + d^3; fewer
/// rows than features are kept, and cost n^2 d + n^3.
Fit fit_pca(const NextRows& next, const prepare::PreprocessingOptions& preprocessing, const PcaOptions& options,
            const Run& run = {});

/// The same of rows known by their scatters. Cost: d^3.
Fit fit_scatters(const Scatters& scatters, const prepare::PreprocessingOptions& preprocessing,
                 const PcaOptions& options, const Run& run = {});

}  // namespace maha::learn::pca
