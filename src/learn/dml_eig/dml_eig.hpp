#pragma once

#include <optional>

#include "core/run.hpp"
#include "learn/declarations.hpp"
#include "learn/fit.hpp"

namespace maha::learn::dml_eig {

struct DmlEigOptions {
  double tolerance = 1e-4;  ///< stop at this certified relative gap
  int max_iterations = 1000;
  std::optional<double> ridge{};  ///< eps > 0 of the ridge, always used if set; unset: 0, or 1e-6 if A is singular
  bool want_proof = false;        ///< return what proves the bound
};

/// The options of maha-dml-eig.
void declare(OptionList& all, DmlEigOptions& options);

/// Its examples for --help.
void describe(Hooks& hooks, DmlEigOptions& options);

/// DML-eig (Ying & Li, Distance metric learning with eigenvalue optimization, JMLR 13:1-26, 2012, equation 3):
///   max over PSD M of  min over dissimilar pairs of D_M(i,j)
///   subject to         sum over similar pairs of D_M(i,j) <= 1,      D_M(i,j) = (x_i - x_j)' M (x_i - x_j).
/// In coordinates in which the scatter A of the similar pairs is the identity it is their theorem 1: the least of the
/// largest eigenvalues of sum_t u_t b_t b_t', u on the simplex and b_t the differences of the dissimilar pairs; `bound`
/// is such a largest eigenvalue, gap = (bound - objective)/bound. M is over the features, at the scale at which the
/// constraint holds with equality, and `objective` is that of M itself, from the differences of the rows.
///
/// X: n x d, one sample a row, finite. Dissimilar pairs of equal rows would make every M as good as any; they are left
/// out, with a warning. Where no similar pair differs in some direction in which others do, a ridge is added to A, as
/// maha-mmc adds it: sum D_M + ridge tr M <= 1, ridge = eps tr(A)/d.
///
/// Extras: rank, ridge, similar, dissimilar (the numbers of pairs), watched (those of the dissimilar pairs
/// that had a multiplier). Throws InputError unless there are similar and dissimilar pairs, each of two
/// different rows of X, and if memory does not suffice. Cost of an iteration over m watched pairs, some hundreds:
/// m^2 d + m^3 / 3, and n d^2 + |pairs| d.
Fit fit_dml_eig(const Samples& samples, const DmlEigOptions& options = {}, const Run& run = Run());

}  // namespace maha::learn::dml_eig
