#pragma once

#include <cstdint>

#include "core/run.hpp"
#include "learn/declarations.hpp"
#include "learn/fit.hpp"

namespace maha::learn::rfm {

struct RfmOptions {
  Index rounds = 5;         ///< at most, >= 1
  double ridge = 1e-3;      ///< lambda > 0
  Index centers = 2000;     ///< m, at most, >= 2
  bool diagonal = false;    ///< M = diag(w)
  double validation = 0.2;  ///< share of the rows held out, in [0, 1)
  std::uint64_t seed = 1;
};

/// The options of maha-rfm.
void declare(OptionList& all, RfmOptions& options);

/// Its examples for --help, and that it goes on in rounds.
void describe(Hooks& hooks, RfmOptions& options);

/// The recursive feature machine. From M = I on, each round fits a kernel ridge regression f of the outputs Y under M,
///   k(x, z) = exp(-|x - z|_M / h),  f(x) = sum_i a_i k(x, x_i),  (K + lambda I) A = Y,
/// and lets M be the mean over rows of the products of its gradients,
///   M <- mean_j sum_c g_jc g_jc',  g_jc = -1/h sum_i a_ic k(x_j, x_i) M (x_j - x_i) / |x_j - x_i|_M,
/// divided by its trace / d; h is the median distance under the present M, of 500 rows. Radhakrishnan, Beaglehole,
/// Pandit & Belkin, Science 383:1461-1467, 2024, algorithm 1; Beaglehole, Holzmueller, Radhakrishnan & Belkin,
/// arXiv:2508.10053, for the diagonal. Y has a column for each class, 1 for its rows, or the target, about the means.
///
/// With more than m rows, m of them are drawn for x_i and for the mean, and A minimises |K_nm A - Y|^2 +
/// lambda tr(A'K_mm A) over all rows (Nystroem). A share of the rows of each class, or of each part of the target's
/// range, is held out: the round is that of the least squared error on them, 0 if no round betters M = I. Then as many
/// rounds are gone through over all rows. All of this is free of the unit of X and Y, and of the place and, unless M is
/// diagonal, the orientation of the rows.
///
/// A fixed number of rounds neither converges nor minimises anything: converged is absent, or false if the fit was
/// stopped, with the best round until then. Iterations: rounds gone through. Extras: round; validation, by round, the
/// share of the held-out squares of Y about its mean that f leaves; bandwidth, h of the last regression, in the unit of
/// X. Throws InputError for fewer than two classes or targets, options out of range, values whose squares overflow, too
/// little memory. Memory: 3 m^2 + 6 min(n, d) d + 3 n d. Cost of a round: n m (d + m/2) + m^2 d c + 9 d^3, of n < d
/// rows n for d.
Fit fit_rfm(const Samples& samples, const RfmOptions& options = {}, const Run& run = {});

}  // namespace maha::learn::rfm
