#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/next_rows.hpp"
#include "core/run.hpp"
#include "core/types.hpp"
#include "learn/covariance/options.hpp"
#include "metric/metric.hpp"

namespace maha {

struct CovarianceResult {
  Metric metric;                 ///< over the raw features
  RowVector center;              ///< d: the mean of all rows
  Report report;                 ///< rows, rank, and shrinkage (rho) where there is one
  Index fitted_dims = 0;         ///< q, features or principal components that S is over
  Index rank = 0;                ///< of S after shrinkage and ridge; below q, M is a pseudo-inverse
  std::vector<Index> constant;   ///< coordinates of S without variance, while S stays singular
  std::vector<Index> dependent;  ///< coordinates of S that are linear combinations of others, while S stays singular

  bool singular() const { return rank < fitted_dims; }
};

/// M = S^-1, the metric of Mahalanobis (Proc. Nat. Inst. Sci. India 2:49-55, 1936), S the covariance of the rows after
/// preprocessing, (1 - rho) S + rho tr(S)/d I with shrinkage. A singular S gets its pseudo-inverse: no weight for a
/// feature without variance, and weight shared among dependent ones (linalg/psd.hpp, invert_psd). One pass in memory
/// O(d^2 log n); Ledoit-Wolf shrinkage within classes takes O(C d^2), after PCA it keeps the rows. The bits do not
/// depend on how the rows are cut into blocks. Throws InputError for no rows, an option out of range, `within` without
/// classes, a divisor of 0 and values whose squares overflow. Cost: d^2 multiply-adds a row (Ledoit-Wolf 3 d^2) + d^3.
CovarianceResult fit_covariance(const NextRows& next, const CovarianceOptions& options = {}, const Run& run = {});

/// The same for rows in memory. y: class ids, whatever they are; may be empty unless `within`.
CovarianceResult fit_covariance(const MatrixRef& X, const Labels& y, const CovarianceOptions& options = {},
                                const Run& run = {});

/// Why S was singular, for the user: what is constant, what depends on what, or too few rows. Empty if it was not.
std::string singularity(const CovarianceResult& result, const std::function<std::string(Index)>& feature_name);

}  // namespace maha
