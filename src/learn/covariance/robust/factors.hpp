#pragma once

#include "core/types.hpp"

namespace maha::learn::covariance {

/// The value below which a Gaussian of mean 0 and deviation 1 lies with probability p, 0 < p < 1.
double gaussian_quantile(double p);

/// The value below which a chi-squared variable of d degrees of freedom lies with probability p, 0 <= p < 1.
double chi_squared_quantile(double p, Index d);

/// What makes the covariance of the share alpha of Gaussian rows that lie nearest to their mean the one of all,
///   alpha / P(chi2_{d+2} <= q), q the alpha quantile of chi2_d.
/// Croux & Haesbroeck, J. Multivariate Anal. 71:161-190, 1999. 1 for alpha = 1.
double consistency_factor(double alpha, Index d);

/// What a minimum covariance determinant of n rows has to be multiplied with, beside that factor, on average: fitted to
/// simulations by Pison, Van Aelst & Willems, Metrika 55:111-123, 2002, for the covariance of the h rows itself and for
/// the reweighted one. n > d >= 1, h from the least, [(n + d + 1) / 2], to n. Where rows are so few that the fitted
/// curve has no sense, below about 2 d, it is cut off: the factor is 4 at most.
struct SmallSampleFactors {
  double raw = 1, reweighted = 1;
};
SmallSampleFactors small_sample_factors(Index n, Index d, Index h);

/// [(n + d + 1) / 2] of n rows of d features: of so many, up to [(n - d) / 2] outliers cannot make an arbitrary
/// covariance (Rousseeuw & Leroy, Robust Regression and Outlier Detection, 1987, section 7.1).
inline Index least_support(Index n, Index d) { return (n + d + 1) / 2; }

}  // namespace maha::learn::covariance
