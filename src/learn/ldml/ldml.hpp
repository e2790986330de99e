#pragma once

#include "core/run.hpp"
#include "learn/convex/options.hpp"
#include "learn/fit.hpp"

namespace maha::learn::ldml {

/// Of several classes most pairs are dissimilar, and the best constant alone loses little: a ridge weighs more than it
/// does beside the other convex losses.
struct LdmlOptions : convex::Options {
  LdmlOptions() : Options{.ridge = 0.01} {}
};

/// Its examples for --help, and a start.
void describe(Hooks& hooks, LdmlOptions& options);

/// Logistic discriminant metric learning:
///   min over PSD M and b of  mean over pairs of -log p(similar or not | i, j) + ridge tr(M S),
/// p(similar | i, j) = 1 / (1 + exp(D_M(i,j) - b)). Guillaumin, Verbeek & Schmid, ICCV 2009, equations 1 to 4, with the
/// mean in place of the sum. It is convex in (M, b). For each M the best b is found exactly, so that the rest is a
/// convex problem in M alone. They have no ridge; here it bounds M, as convex/fit.hpp says.
///
/// Pairs: those of the samples, S being the covariance of the rows in them; without, all pairs of rows, by label.
/// Extra: bias, the b at which pairs of that squared distance are as likely similar as not; similar, dissimilar, the
/// numbers of pairs. Throws InputError unless there are pairs of both kinds, and as convex::fit does. Cost of an
/// iteration: |pairs| (r^2 + r) multiply-adds; of all pairs some 3 n^2 r, and a few exponentials for each pair. Memory:
/// n (d + r) + |pairs|, of all pairs a few tiles of at least 32 rows x n.
Fit fit_ldml(const Samples& samples, const LdmlOptions& options = {}, const Run& run = {});

}  // namespace maha::learn::ldml
