#include "linalg/spectral/spectrum.hpp"

#include <Spectra/MatOp/DenseSymMatProd.h>
#include <Spectra/SymEigsSolver.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "linalg/rounding.hpp"
#include "linalg/spectral/eigen.hpp"

namespace maha::linalg {
namespace {

constexpr Index kDense = 512;          // rows up to which 4/3 d^3 is cheaper than Lanczos and some Cholesky factors
constexpr Index kSpareSteps = 20;      // Lanczos steps beyond two for each positive eigenvalue that is expected
constexpr double kShareOfSteps = 0.7;  // of the size: with more steps a dense decomposition is quicker
constexpr Index kRitzSteps = 30;      // These three set how good the estimate of the largest eigenvalue is. A worse one
constexpr Index kRitzRestarts = 300;  // costs more Cholesky factors or a looser bound, but never a wrong one.
constexpr double kRitzAccuracy = 1e-9;
constexpr double kRaise = 4;           // of the step above the estimate, while a Cholesky factor fails
constexpr double kLostToRounding = 8;  // d u |H|, the usual error of a backward stable eigensolver, times a margin
constexpr double kResidual = 8;        // times what counts as zero: a Ritz pair with less has converged
constexpr Index kFirstSteps = 4;       // times the eigenvalues that are wanted, twice as many at each further attempt
constexpr double kMissed = 64;         // times what counts as zero: more cannot be left after taking all pairs away

/// The largest Ritz value after a modest number of Lanczos steps from a fixed start. If they do not converge, the
/// largest diagonal entry, which does not exceed the largest eigenvalue either.
double lanczos_estimate(const SquareMatrix& H) {
  Spectra::DenseSymMatProd<double> product(H);
  Spectra::SymEigsSolver<Spectra::DenseSymMatProd<double>> solver(product, 1, std::min<Index>(H.rows(), kRitzSteps));
  const Vector start = Vector::LinSpaced(H.rows(), 1, 2);
  solver.init(start.data());
  const auto found = solver.compute(Spectra::SortRule::LargestAlge, kRitzRestarts, kRitzAccuracy);
  return found == 1 ? solver.eigenvalues()(0) : H.diagonal().maxCoeff();
}

/// Eigenvalues of A up to this may be nothing but rounding. It is less than rank_tolerance(), since A is taken as it
/// is, a solver's own point, and not as the rounded image of something else.
double zero_of(const SquareMatrix& A, const Vector& eigenvalues) {
  return static_cast<double>(A.rows()) * kUnitRoundoff * eigenvalues.cwiseAbs().maxCoeff();
}

/// The eigenpairs beyond `zero`, of eigenvalues in ascending order.
PositivePart positive_pairs(const Vector& lambda, const SquareMatrix& vectors, double zero) {
  const Index rank = (lambda.array() > zero).count();
  PositivePart part;
  part.roots = lambda.tail(rank).reverse().cwiseSqrt();
  part.vectors = vectors.rightCols(rank).rowwise().reverse();
  return part;
}

bool exceeds_spectrum(double t, const SquareMatrix& H) {
  SquareMatrix difference = -H;
  difference.diagonal().array() += t;
  return is_positive_definite(std::move(difference));
}

/// An orthonormal basis Q of the Krylov space of A from a fixed start, and the tridiagonal Q'AQ.
struct Krylov {
  SquareMatrix Q;           // d x m
  Vector diagonal, beside;  // m each; the last entry of `beside` is the norm of the residual outside the space
};

Krylov krylov_space(const SquareMatrix& A, Index steps) {
  const double nothing = static_cast<double>(A.rows()) * kUnitRoundoff * A.norm();
  Krylov space{SquareMatrix(A.rows(), steps), Vector(steps), Vector(steps)};
  Vector next = Vector::LinSpaced(A.rows(), 1, 2).normalized();
  Index m = 0;
  for (double norm = 1; m < steps && norm > nothing; ++m) {
    space.Q.col(m) = next / norm;
    next = A.selfadjointView<Eigen::Lower>() * space.Q.col(m);
    space.diagonal(m) = next.dot(space.Q.col(m));
    const auto known = space.Q.leftCols(m + 1);
    for (int pass = 0; pass < 2; ++pass) next -= known * (known.transpose() * next);
    space.beside(m) = norm = next.norm();
  }
  return {space.Q.leftCols(m), space.diagonal.head(m), space.beside.head(m)};
}

/// The positive part by so many Lanczos steps, or nothing if they do not suffice: the residual of every pair must be
/// down to rounding, and a Cholesky factor must confirm that nothing positive is left.
std::optional<PositivePart> lanczos_positive_part(const SquareMatrix& A, Index steps) {
  const Krylov space = krylov_space(A, steps);
  const Index m = space.diagonal.size();
  const Eigenpairs ritz = tridiagonal_eigenpairs(space.diagonal, space.beside.head(m - 1));
  const double zero = zero_of(A, ritz.values);
  PositivePart part = positive_pairs(ritz.values, ritz.vectors, zero);
  const double residual = part.roots.size() > 0 ? part.vectors.row(m - 1).cwiseAbs().maxCoeff() : 0.0;
  if (residual * space.beside(m - 1) > kResidual * zero) return std::nullopt;
  part.vectors = space.Q * part.vectors;
  SquareMatrix rest = A;
  if (part.roots.size() > 0) {  // Eigen's rankUpdate divides by the number of columns
    rest.selfadjointView<Eigen::Lower>().rankUpdate(part.vectors * part.roots.asDiagonal(), -1);
  }
  if (!exceeds_spectrum(kMissed * zero, rest)) return std::nullopt;
  return part;
}

/// The leading pairs by so many Lanczos steps, or nothing if they do not suffice, as in lanczos_positive_part.
std::optional<Eigenpairs> lanczos_leading(const SquareMatrix& A, Index count, Index steps) {
  const Krylov space = krylov_space(A, steps);
  const Index m = space.diagonal.size();
  if (m < count) return std::nullopt;
  const Eigenpairs ritz = tridiagonal_eigenpairs(space.diagonal, space.beside.head(m - 1));
  const double zero = zero_of(A, ritz.values);
  Eigenpairs found{ritz.values.tail(count), ritz.vectors.rightCols(count)};
  if (found.vectors.row(m - 1).cwiseAbs().maxCoeff() * space.beside(m - 1) > kResidual * zero) return std::nullopt;
  found.vectors = space.Q * found.vectors;
  const SquareMatrix rest = A - found.vectors * found.values.asDiagonal() * found.vectors.transpose();
  if (!exceeds_spectrum(std::max(found.values(0), 0.0) + kMissed * zero, rest)) return std::nullopt;
  return found;
}

}  // namespace

PositivePart positive_part(const SquareMatrix& A, Index rank_guess) {
  const Index d = A.rows(), steps = 2 * rank_guess + kSpareSteps;
  if (d == 0) return {};
  if (static_cast<double>(steps) <= kShareOfSteps * static_cast<double>(d)) {
    if (const auto part = lanczos_positive_part(A, steps)) return *part;
  }
  const auto [values, vectors] = eigenpairs(A);
  return positive_pairs(values, vectors, zero_of(A, values));
}

Eigenpairs leading_eigenpairs(const SquareMatrix& A, Index count) {
  const Index d = A.rows();
  for (Index steps = kFirstSteps * count + kSpareSteps; d > kDense && 2 * steps <= d; steps *= 2) {
    if (auto found = lanczos_leading(A, count, steps)) return *std::move(found);
  }
  const auto [values, vectors] = eigenpairs(A);
  return {values.tail(count), vectors.rightCols(count)};
}

double largest_eigenvalue_bound(const SquareMatrix& H) {
  const double rounding = kLostToRounding * static_cast<double>(H.rows()) * kUnitRoundoff * H.norm();
  if (H.rows() <= kDense) {
    return eigenvalues(H).tail(1)(0) + rounding;
  }
  const double estimate = lanczos_estimate(H);
  double step = kRitzAccuracy * std::abs(estimate) + rounding;
  while (!exceeds_spectrum(estimate + step, H)) step *= kRaise;
  return estimate + step + rounding;
}

}  // namespace maha::linalg
