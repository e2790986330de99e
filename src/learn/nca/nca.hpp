#pragma once

#include <cstdint>
#include <optional>

#include "core/run.hpp"
#include "learn/declarations.hpp"
#include "learn/fit.hpp"

namespace maha::learn::nca {

enum class Objective { accuracy, log_likelihood };

struct NcaOptions {
  Objective objective = Objective::accuracy;
  Index rank = 0;                ///< most rows of L; 0: as many as it takes
  bool diagonal = false;         ///< weights of features alone
  double l1 = 0;                 ///< penalty of the weights, with `diagonal`
  std::optional<Index> batch{};  ///< rows of a mini-batch, 0 for none; unset: none up to 4000 rows, else 1000
  Index passes = 10;             ///< over the rows, in mini-batches
  double tolerance = 1e-3;       ///< stop at a gradient of this size
  int max_iterations = 1000;     ///< of L-BFGS
  std::uint64_t seed = 1;        ///< of the mini-batches
};

/// The options of maha-nca.
void declare(OptionList& all, NcaOptions& options);

/// Its start, and examples for --help.
void describe(Hooks& hooks, NcaOptions& options);

/// Throws UsageError if an option is out of range, or two contradict each other.
void check(const NcaOptions& options);

/// Neighbourhood components analysis (Goldberger, Roweis, Hinton & Salakhutdinov, NIPS 17, 2005, equations 1 to 6): L,
/// r x d, that maximises
///   f = 1/n sum_i p_i  or  1/n sum_i log p_i,   p_i = sum of p_ij over the rows j of the class of i,
///   p_ij = exp(-|L(x_i - x_j)|^2) / sum over k != i of exp(-|L(x_i - x_k)|^2),
/// the first being the accuracy, leaving one out, of a vote in which near rows weigh more. A row that is alone in its
/// class adds 0. Unlike in most learners the scale of L has a meaning: it says how near a row must be to count.
///
/// X: n x d. f is not concave: the result is a local maximum. It ends, converged, where |grad f| |L| <= tolerance: to
/// first order a change of L by 1 % would change f by less than 1 % of that. Both are taken in the coordinates of the
/// start (standardised features, or the features themselves), so that a common factor of the features changes nothing.
/// `objective` is f, less the penalty if there is one.
///
/// diagonal: M = diag(m), and f - l1 sum_k m_k var_k is maximised over m >= 0, var_k the variance of feature k, so that
/// units do not matter; zeros are exact. Its gradient is that of the entries free to move, times |m|.
///
/// Of more rows than 4000, or with `batch`, L moves by Adam over mini-batches, each of them rows and candidates at
/// once: the objective over all rows is that at the end, and the fit converges only if the gradient there is small.
///
/// Directions in which no row differs get no weight. Stopped before all rows were looked at, a fit has no objective.
/// Extras: rank; gradient; weighted, the features of weight > 0, with diagonal; batch, if there were any. Throws
/// InputError for fewer than two classes or none of two rows, a rank above the number of features, a start of 0. Cost
/// of an iteration: n^2 (r + d) by matrix products and n^2 exponentials; of mini-batches n B (r + d) a pass. Memory:
/// n d, and 64 n for each thread.
Fit fit_nca(const Samples& samples, const NcaOptions& options = {}, const Run& run = {});

}  // namespace maha::learn::nca
