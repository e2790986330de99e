#pragma once

#include <optional>

#include "core/run.hpp"
#include "learn/declarations.hpp"
#include "learn/fit.hpp"

namespace maha::learn::lfda {

/// What L is made of the eigenvectors v, of which the largest lambda comes first.
enum class Embedding {
  weighted,        ///< sqrt(lambda) v
  plain,           ///< v, of length 1 under S_w
  orthonormalized  ///< an orthonormal basis, by Gram and Schmidt in their order
};

struct LfdaOptions {
  Index rank = 0;  ///< number of directions, >= 1; 0: all in which classes differ
  Index k = 7;     ///< the scale of a row is its distance to the k-th nearest of its class, >= 1
  Embedding embedding = Embedding::weighted;
  /// Share of S_w + S_b added to S_w; unset: 0, or 1e-3 where that is singular.
  std::optional<double> ridge{};
};

/// The options of maha-lfda.
void declare(OptionList& all, LfdaOptions& options);

/// Its examples for --help.
void describe(Hooks& hooks, LfdaOptions& options);

/// Local Fisher discriminant analysis: S_b v = lambda S_w v, v'S_w v = 1, with
///   S_w = 1/2n sum_ij Ww_ij (x_i - x_j)(x_i - x_j)',  Ww_ij = A_ij / n_c,          within a class of n_c rows, else 0
///   S_b = 1/2n sum_ij Wb_ij (x_i - x_j)(x_i - x_j)',  Wb_ij = A_ij (1/n - 1/n_c),  within a class, else 1/n
///   A_ij = exp(-|x_i - x_j|^2 / (s_i s_j)),
/// s_i the distance from row i to the k-th nearest of its class. Sugiyama, J. Machine Learning Research 8:1027-1061,
/// 2007, equations 9 to 12; the sums there are without 1/n, which only scales the distance. A class of k rows or fewer
/// has no k-th neighbour: its scale is infinite, and A = 1. Where A = 1 throughout, for k at least the size of the
/// largest class, S_w and S_b are those of maha-lda. Where s_i = 0, A_ij = 0.
///
/// Rotations and a common factor on all features change no distance, other linear maps do, through A. Directions in
/// which no row differs get no weight. Where S_w is singular beside S_b, a ridge is added, S_w + ridge (S_w + S_b),
/// with a warning. Each row of L has a positive largest entry.
///
/// Extras: rank; ridge, if one was added; criterion, the sum of the lambda kept; residual, the largest |S_b v - lambda
/// S_w v| relative to lambda |S_w v|, where the rows have covariance I. Throws InputError for fewer than two classes, a
/// rank above the number of features, values whose squares overflow. Cost: n d min(n, d) + min(n, d)^3, and d for every
/// ordered pair of rows of a class, of which no matrix is kept.
Fit fit_lfda(const Samples& samples, const LfdaOptions& options = {}, const Run& run = {});

}  // namespace maha::learn::lfda
