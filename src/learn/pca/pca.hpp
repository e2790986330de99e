#pragma once

#include "core/next_rows.hpp"
#include "core/preprocessing_options.hpp"
#include "core/run.hpp"
#include "learn/fit.hpp"

namespace maha {

class OptionList;
struct Hooks;

struct PcaOptions {
  Index rank = 0;       ///< components, >= 1; 0: all that the rows vary in
  bool whiten = false;  ///< each of variance 1
};

/// The options, as maha-pca has them.
void declare(OptionList& all, PcaOptions& options);

/// What it takes beside what all do: examples alone.
void describe(Hooks& hooks, PcaOptions& options);

/// The first principal components of the rows: L = V', V the eigenvectors of their covariance S (divisor n) with the
/// largest eigenvalues, or, whitened, L = Lambda^-1/2 V'. Pearson, Philosophical Magazine 2:559-572, 1901; Hotelling,
/// J. Educ. Psychol. 24:417-441, 1933. Of full rank the distances are the Euclidean ones, whitened those of S^-1.
/// Directions in which the rows do not vary but for rounding are left out. Each component's largest entry is positive.
///
/// One pass. The metric is over the raw features, the centre the mean. Extras: rank; kept, the share of the variance;
/// residual, the largest |S v - lambda v| relative to the largest lambda. Throws InputError for no rows, a rank above
/// d, and values whose squares overflow. Cost: d^2 multiply-adds a row + d^3.
Fit fit_pca(const NextRows& next, const PreprocessingOptions& preprocessing, const PcaOptions& options,
            const Run& run = {});

}  // namespace maha
