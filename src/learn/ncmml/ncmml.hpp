#pragma once

#include "core/run.hpp"
#include "learn/convex/options.hpp"
#include "learn/fit.hpp"

namespace maha::learn::ncmml {

struct NcmmlOptions : convex::Options {};

/// Its examples for --help, and a start.
void describe(Hooks& hooks, NcmmlOptions& options);

/// Nearest class mean metric learning:
///   min over PSD M of  mean over rows i of -log p(y_i | x_i) + ridge tr(M S),
/// p(c | x) = exp(-D_M(x, mu_c) / 2) / sum over classes k of exp(-D_M(x, mu_k) / 2), mu_c the mean of the rows of class
/// c. Mensink, Verbeek, Perronnin & Csurka, ECCV 2012, equations 3 to 6; IEEE PAMI 35:2624-2637, 2013. They descend in
/// a factor of M by stochastic gradients, in which the problem is not convex; in M it is. They have no ridge; here it
/// bounds M, as convex/fit.hpp says.
///
/// X: n x d, finite. C classes span C - 1 directions, but M may use others. Throws InputError for fewer than two
/// classes, and as convex::fit does. Cost of an iteration: n C r multiply-adds, and r^3. Memory: n (d + r), 30 r^2.
Fit fit_ncmml(const Samples& samples, const NcmmlOptions& options = {}, const Run& run = {});

}  // namespace maha::learn::ncmml
