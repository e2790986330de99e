#pragma once

#include <optional>

#include "core/run.hpp"

namespace maha::learn::sdml {

/// What the solver found. Relative to d the gap is (objective - bound) / d.
struct SdmlSolution {
  SquareMatrix M;  ///< positive definite, with exact zeros
  double objective = 0, bound = 0;
  int iterations = 0;
  bool converged = false;
  bool unbounded = false;  ///< M proves that the objective has no lower bound: <S,M> + lambda |M| <= 0

  double gap() const { return objective > bound ? (objective - bound) / static_cast<double>(M.rows()) : 0; }
};

/// min over positive definite M of <S,M> - logdet M + lambda sum_{i != j} |M_ij|, lambda >= 0. S: d x d, symmetric, of
/// any sign.
SdmlSolution solve_sdml(const SquareMatrix& S, double lambda, double tolerance, int max_iterations, const Run& run);

/// The objective; nothing where M has no Cholesky factor.
std::optional<double> sdml_objective(const SquareMatrix& S, double lambda, const SquareMatrix& M);

/// A lower bound on the minimum from any symmetric W: logdet V + d, V having the diagonal of S, and of the other
/// entries those within lambda of S that are nearest to W. Nothing where V is not positive definite. What rounding may
/// have added is taken off.
std::optional<double> sdml_bound(const SquareMatrix& S, double lambda, const SquareMatrix& W);

}  // namespace maha::learn::sdml
