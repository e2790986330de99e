#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/run.hpp"
#include "learn/declarations.hpp"
#include "learn/fit.hpp"

namespace maha::learn::lsml {

struct LsmlOptions {
  double gamma = 1;                     ///< weight of the quadruplets against the prior, > 0
  std::string prior_name = "identity";  ///< identity, covariance, or the file of a model
  std::optional<Index> draw{};          ///< quadruplets drawn by label; unset: 10000, or as many as there are
  double tolerance = 1e-6;              ///< stop at this certified relative gap
  int max_iterations = 1000;  ///< far more than needed, unless the features' units differ by orders of magnitude
  std::uint64_t seed = 1;     ///< of the quadruplets drawn
  bool want_proof = false;    ///< return what proves the bound
};

/// The options of maha-lsml.
void declare(OptionList& all, LsmlOptions& options);

/// What only maha-lsml has: a start, and a model as the prior.
void describe(Hooks& hooks, LsmlOptions& options);

/// LSML: the M near the prior M0 under which the pairs (i,j) that are known to be nearer than others (k,l) are so. Liu,
/// Guo, Zhou, Li, Ma & Sun, ICDM 2012, by the mean of the squared residuals of distances:
///   min over positive definite M of
///     gamma sum w_q [D_M(i,j)^(1/2) - D_M(k,l)^(1/2)]_+^2 / sum w_q + tr(M M0^-1) - logdet(M M0^-1) - d,
/// D_M(i,j) = (x_i - x_j)' M (x_i - x_j). In terms of squared distances x and y a residual (x^(1/2) - y^(1/2))_+^2 is
/// convex, so the problem is, with one optimum. It is found by Newton's method; the paper descends along the gradient.
/// A residual is linear along rays and so the maximum over 0 < s <= 1 of (1 - s) x + (1 - 1/s) y. Any s_q prove a
/// bound,
///   F >= logdet(I + M0^(1/2) V M0^(1/2)),  V = gamma sum w_q ((1 - s_q) C_ij + (1 - 1/s_q) C_kl) / sum w_q,
/// C_ij = (x_i - x_j)(x_i - x_j)', and those of the optimum prove the optimum: gap = (objective - bound)/objective.
///
/// Without quadruplets these are drawn by label: (i,j) of one class, (k,l) of two. Prior and start are as for ITML (see
/// learn/itml/itml.hpp), and so is the bound, which covers rounding. The distances of rows have a size here: M0 says
/// how large they shall be, and residuals are worth their square. So the rows of X divided by c call for gamma c^2.
///
/// Extras: quadruplets, violated (numbers of them). Throws InputError unless there are quadruplets, or two classes and
/// two rows of one; of rows of X, the two of a pair and the pairs different, with weights > 0; prior and start over d
/// features; options in range; gamma times the squared unit of rows within the range of numbers; and for a model of
/// more than a gigabyte. Cost of an iteration: some tens of |violated| r^2, r the rank of the prior or the number of
/// rows in quadruplets. Memory: n d + |quadruplets| + d^2.
Fit fit_lsml(const Samples& samples, const LsmlOptions& options = {}, const Run& run = {});

}  // namespace maha::learn::lsml
