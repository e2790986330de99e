#pragma once

#include "core/run.hpp"
#include "learn/fit.hpp"
#include "learn/scml/options.hpp"

namespace maha::learn::scml {

/// Sparse compositional metric learning (Shi, Bellet & Sha, AAAI 2014, equation 2): M = sum_b w_b b b' with
///   min over w >= 0 of  beta sum_b w_b + mean over triplets (i, j, l) of [1 + D(i,j) - D(i,l)]_+ ,
/// D(i,j) = (x_i-x_j)'M(x_i-x_j), over a given set of directions b. It is a linear program, and the bound is proven by
/// multipliers: F(w) >= sum alpha if 0 <= alpha <= 1/T for the T triplets and
///   sum_t alpha_t ((b'v_il)^2 - (b'v_ij)^2) <= beta  for every b,  v_ij = x_i - x_j.
///
/// X: n x d, one sample a row, finite. With labels the triplets are each row, its `neighbors` nearest rows of its class
/// and its `impostors` nearest of others, by Euclidean distance, fewer where there are fewer. Directions come from
/// regions, as in section 3.1 of the paper: around each center of k-means the 20 nearest rows of each class, and the 50
/// nearest, give their linear discriminants (with a ridge of a tenth of the total scatter). There are as many centers
/// as it takes. If the samples have triplets, directions are Fisher's for `bases` of them drawn at random, each
/// (A + ridge)^-1 (x_anchor - x_far), A the mean scatter of (anchor, near).
///
/// Directions have the length 1/s, s^2 being the mean variance of the features that vary, so that with standardised
/// features it is 1, and multiplying all features by a number changes no distance. Directions are dropped from a
/// converged w as long as the tolerance allows it.
///
/// Extras: triplets, bases (to choose from), bases_used, active (triplets with a hinge). Throws InputError if
/// there is only one class, or no class with two rows, a triplet is not of three different rows, or memory does not
/// suffice. Same bits on any number of threads. Cost of an iteration: T |bases|^2, at first; some dozens of them.
Fit fit_scml(const Samples& samples, const ScmlOptions& options = {}, const Run& run = Run());

}  // namespace maha::learn::scml
