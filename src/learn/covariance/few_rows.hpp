#pragma once

#include "core/run.hpp"
#include "learn/covariance/options.hpp"
#include "learn/fit.hpp"
#include "linalg/scatter.hpp"

namespace maha::learn::covariance {

/// The fit to the rows X, n x d with n < d, from their inner products. Without shrinkage and ridge, M is the
/// pseudo-inverse as a factor L of as many rows as the rank, below n (linalg/spectral/few_rows.hpp). Otherwise M is
/// full, d x d, and comes from an n x n system by the identity of Woodbury,
///   (b I + H'H)^-1 = (I - H' (b I + H H')^-1 H) / b.
/// Throws InputError as fit_covariance does, and for a full M that makes a model of more than a gigabyte.
/// Cost: n^2 d; for a full M, n d^2 + d^3/3.
Fit fit_few_rows(const MatrixRef& X, const Labels& y, const CovarianceOptions& options, const Run& run);

/// Throws InputError if the options ask for a full M over so many features that the model has more than a gigabyte.
void require_small_model(const CovarianceOptions& options, Index d);

/// d: for require_powers, the sums over the rows X of the squares of each feature about the mean of its group, or of the
/// fourth powers for Ledoit-Wolf shrinkage.
RowVector power_sums(const Matrix& X, const Labels& groups, const linalg::Moments& moments,
                     const CovarianceOptions& options);

}  // namespace maha::learn::covariance
