#pragma once

#include "core/run.hpp"
#include "learn/declarations.hpp"
#include "learn/fit.hpp"

namespace maha::learn::anmm {

struct AnmmOptions {
  Index rank = 0;     ///< number of axes, >= 1; 0: those of positive margin
  Index friends = 3;  ///< nearest rows of the own class, >= 1
  Index enemies = 1;  ///< nearest rows of other classes, >= 1
};

/// The options of maha-anmm.
void declare(OptionList& all, AnmmOptions& options);

/// Its examples for --help.
void describe(Hooks& hooks, AnmmOptions& options);

/// Average neighbourhood margin maximisation: L = V', the eigenvectors of the largest eigenvalues of S - C,
///   S = 1/n sum_i 1/|E_i| sum_{j in E_i} (x_i - x_j)(x_i - x_j)',  E_i the enemies of row i,
///   C = 1/n sum_i 1/|F_i| sum_{j in F_i} (x_i - x_j)(x_i - x_j)',  F_i its friends,
/// so that L maximises tr L (S - C) L', the mean margin by which a row's enemies are farther than its friends, among
/// the matrices with orthonormal rows. Wang & Zhang, CVPR 2007, equations 6 to 10. (The sums there are without 1/n,
/// which changes no eigenvector.) A row has fewer friends or enemies where there are fewer, and adds nothing where
/// there are none. The rows of L are orthonormal: the distance is Euclidean in the subspace that they span.
///
/// By default the rank is the number of positive eigenvalues; if there is none, it is 1, with a warning. Directions in
/// which no row differs from friends or enemies have margin 0 and get no weight. Rotations and a common factor on all
/// features turn or scale everything alike; the scales of features matter. Each row of L has a positive largest entry.
///
/// Extras: rank; positive, the number of positive eigenvalues; margin, the sum of those kept; residual, the largest
/// |(S - C) v - lambda v| relative to the largest |lambda|. Throws InputError for fewer than two classes or none with
/// two rows, a rank above the number of features, values whose squares overflow. Cost: exact searches for neighbours,
/// n (friends + enemies) d^2 and d^3; of n < d rows n^2 d and n^3 in place of those.
Fit fit_anmm(const Samples& samples, const AnmmOptions& options = {}, const Run& run = {});

}  // namespace maha::learn::anmm
