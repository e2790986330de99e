#pragma once

#include <optional>

#include "core/run.hpp"
#include "learn/declarations.hpp"
#include "learn/fit.hpp"

namespace maha::learn::sdml {

/// What M is to stay near to: I, or the inverse covariance of the rows.
enum class Prior { identity, covariance };

struct SdmlOptions {
  std::optional<double> balance{};  ///< eta > 0; unset: half of what keeps S positive definite
  double sparsity = 0.01;           ///< lambda >= 0
  Prior prior = Prior::identity;
  double tolerance = 1e-4;  ///< stop at this certified gap
  int max_iterations = 500;
};

/// The options of maha-sdml.
void declare(OptionList& all, SdmlOptions& options);

/// Its examples for --help.
void describe(Hooks& hooks, SdmlOptions& options);

/// Sparse distance metric learning (Qi, Tang, Zha, Chua & Zhang, ICML 2009, equation 8):
///   min over positive definite M of  <S, M> - logdet M + lambda sum_{i != j} |M_ij|,
///   S = M0^-1 + eta (sum over similar pairs C_ij - sum over dissimilar pairs C_ij),  C_ij = (x_i-x_j)(x_i-x_j)',
/// a graphical lasso. The bound is proven by any positive definite W with W_ii = S_ii and |W_ij - S_ij| <= lambda:
/// logdet W + d. gap = (objective - bound)/d, since the objective itself may be 0, while <S,M> + lambda |M| is d at the
/// optimum.
///
/// Many dissimilar pairs make S indefinite. Without `balance`, eta is half of the largest at which S is positive
/// semidefinite, so that S >= M0^-1 / 2; but where similar pairs outweigh the others by far, S <= about 500 M0^-1. With
/// a `balance` for which the objective is found to have no lower bound, InputError says up to which it surely has one.
///
/// X: n x d, one sample a row, finite. A covariance that is singular gets a ridge of a tenth of its mean diagonal, with
/// a warning. Extras: balance, nonzero (pairs of features with M_ij not 0), similar, dissimilar (numbers of pairs).
/// Throws InputError unless there are similar and dissimilar pairs, each of two different rows of X, and for values
/// whose squares overflow. Cost of an iteration: d times the number of nonzero M_ij, and d^3.
Fit fit_sdml(const Samples& samples, const SdmlOptions& options = {}, const Run& run = Run());

}  // namespace maha::learn::sdml
