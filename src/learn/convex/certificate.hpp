#pragma once

#include "learn/convex/loss.hpp"

namespace maha::learn::convex {

/// A lower bound on the optimum of
///   min over PSD N of g(N) + ridge tr N,  ridge > 0,
/// from one evaluation of g anywhere.
///
/// The dual problem is to maximise -h*(w) over the multipliers w whose G(w) = sum of w_ij (z_i - z_j)(z_i - z_j)' has
/// G(w) + ridge I positive semidefinite. Those of the evaluation, shrunk to t = min(1, ridge / -lmin(G)), are such. As
/// dual(t) is concave with dual(0) >= 0, it lies above the chords between t = 0, kShrunk and 1. (That tr N* is at most
/// f / ridge gives the chord from 0 to 1. It is far worse where most of f is loss: ten times the gap on digits.)
///
/// lmin comes from largest_eigenvalue_bound(), so it is proven, and includes the rounding of G.
double lower_bound(const Evaluation& at, double ridge);

}  // namespace maha::learn::convex
