#pragma once

#include "core/run.hpp"
#include "learn/convex/options.hpp"
#include "learn/fit.hpp"

namespace maha::learn::mcml {

struct McmlOptions : convex::Options {};

/// Its examples for --help, and a start.
void describe(Hooks& hooks, McmlOptions& options);

/// Maximally collapsing metric learning:
///   min over PSD M of  mean over rows i of KL(p0_i | p_i) + ridge tr(M S),
/// p_i(j) = exp(-D_M(i,j)) / sum over k != i of exp(-D_M(i,k)), the chance that row i picks row j, and p0_i the same
/// for all other rows of its class and 0 for the rest: what p_i would be if each class fell on a point, infinitely far
/// from the others. Globerson & Roweis, NIPS 2005, equations 1 to 3, with the mean in place of the sum. It is convex in
/// M, not in a factor of it. They have no ridge; here it bounds M, as convex/fit.hpp says.
///
/// A row alone in its class picks no row, but is there for others to pick. X: n x d, finite. Throws InputError for
/// fewer than two classes or no two rows of one, and as convex::fit does. Cost of an iteration: 4 n^2 r multiply-adds,
/// r the rank of S, and n^2 exponentials. Memory: n (d + r), a few tiles of at least 32 rows x n, 30 r^2.
Fit fit_mcml(const Samples& samples, const McmlOptions& options = {}, const Run& run = {});

}  // namespace maha::learn::mcml
