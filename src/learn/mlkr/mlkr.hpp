#pragma once

#include <cstdint>

#include "core/run.hpp"
#include "learn/declarations.hpp"
#include "learn/fit.hpp"

namespace maha::learn::mlkr {

struct MlkrOptions {
  Index rank = 0;             ///< rows of L, >= 1; 0: as many as features
  double ridge = 0;           ///< of the objective, >= 0
  double tolerance = 1e-4;    ///< of the gradient, as below
  int max_iterations = 1000;  ///< from each start
  Index starts = 1;           ///< >= 1: how many are tried
  std::uint64_t seed = 1;     ///< of all starts but the first
};

/// The options of maha-mlkr.
void declare(OptionList& all, MlkrOptions& options);

/// What only maha-mlkr has: a start, and its examples.
void describe(Hooks& hooks, MlkrOptions& options);

/// Metric learning for kernel regression: a local minimum over L, r x d, of
///   f(L) = sum_i (yhat_i - y_i)^2,  yhat_i = sum_{j != i} k_ij y_j / sum_{j != i} k_ij,
///   k_ij = exp(-|L(x_i - x_j)|^2),
/// the squared errors of leaving each row out. Weinberger & Tesauro, AISTATS 2007, sections 2 and 3. With a ridge E, E
/// tr(M S) sum_i (y_i - mean y)^2 is added, S the covariance of the rows (divisor n): tr(M S) is the mean squared
/// length of L(x - mean), and the kernel does not become so narrow that it learns the noise.
///
/// f is not convex, and where the search ends depends on where it begins: at samples.init, or at the Euclidean distance
/// times the power of two with the least f; of either, L has the first `rank` principal components of the rows. Of
/// several starts, the others are this one with random numbers added, and the lowest minimum is the result. L-BFGS
/// moves L in coordinates in which S = I, which has its range: a constant feature gets no weight. Where all k_ij of a
/// row underflow they are taken relative to the largest, so that the nearest row's target is its prediction.
///
/// converged: |df/dL| |L| <= tolerance * sum_i (y_i - mean y)^2 in those coordinates (Frobenius norms): to first order,
/// no change of L by a small share p of its length lowers f by more than p times that. local_minimum is the same. The
/// iterations are those of all starts. Extras: rank; rmse = sqrt(f / n) without the ridge; gradient, the left side over
/// the sum; local_minimum. Throws InputError for fewer than two rows, a target that is missing or the same in all rows,
/// squares that overflow, a rank above the number of features, or a start that is 0.
///
/// Cost: n^2 (d + r) multiply-adds and n^2 exponentials an evaluation, of which an iteration takes one or a few.
/// Memory: a tile of rows by all others at a time, never n x n.
Fit fit_mlkr(const Samples& samples, const MlkrOptions& options = {}, const Run& run = {});

}  // namespace maha::learn::mlkr
