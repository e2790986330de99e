#include "learn/mmc_whitening.hpp"

#include <Eigen/Eigenvalues>
#include <limits>

#include "core/error.hpp"
#include "learn/pair_scatter.hpp"

namespace maha {
namespace {

constexpr double kRidgeOfSingular = 1e-6;

// What rounding leaves of an eigenvalue 0, relative to the largest.
double rank_threshold(Index d) { return 64 * static_cast<double>(d) * std::numeric_limits<double>::epsilon(); }

Vector ones(const Pairs& pairs) { return Vector::Ones(static_cast<Index>(pairs.size())); }

struct Scatters {
  Pairs similar;
  Vector all, alike;  // the diagonals, of all pairs and of the similar ones

  double ridge(double eps) const {
    const double trace = alike.sum() > 0 ? alike.sum() : all.sum();
    return eps * trace / static_cast<double>(all.size());
  }
};

Scatters diagonal_scatters(const MatrixRef& X, const Pairs& pairs, const Threads& threads) {
  Scatters s{pairs_with(pairs, true), pair_scatter_diagonal(X, pairs, ones(pairs), threads), {}};
  s.alike = pair_scatter_diagonal(X, s.similar, ones(s.similar), threads);
  return s;
}

std::string warning_of_ridge(Index directions, const std::string& of_what) {
  return "the similar pairs do not differ in " + std::to_string(directions) + of_what +
         ", so that the objective has no bound: a ridge of 1e-6 of their mean scatter was added";
}

// d x r: the range of the scatter of all pairs, scaled to be the identity there.
SquareMatrix range_of_pairs(const Matrix& centred, const Pairs& pairs, const Vector& all, const Threads& threads) {
  const Vector scale = (all.array() > 0).select(all.cwiseSqrt().cwiseInverse(), 0);
  const SquareMatrix T = scale.asDiagonal() * pair_scatter(centred, pairs, ones(pairs), threads) * scale.asDiagonal();
  const Eigen::SelfAdjointEigenSolver<SquareMatrix> eigen(T);
  const double least = rank_threshold(T.rows()) * eigen.eigenvalues().maxCoeff();
  const Index rank = (eigen.eigenvalues().array() > least).count();
  return scale.asDiagonal() * eigen.eigenvectors().rightCols(rank) *
         eigen.eigenvalues().tail(rank).cwiseSqrt().cwiseInverse().asDiagonal();
}

}  // namespace

Whitening whiten_similar(const MatrixRef& X, const Pairs& pairs, std::optional<double> ridge, const Threads& threads) {
  const Matrix centred = X.rowwise() - X.colwise().mean();
  const Scatters s = diagonal_scatters(centred, pairs, threads);
  Whitening white;
  const SquareMatrix range = range_of_pairs(centred, pairs, s.all, threads);
  if (range.cols() > 0) {
    SquareMatrix A = pair_scatter(centred * range, s.similar, ones(s.similar), threads);
    Eigen::SelfAdjointEigenSolver<SquareMatrix> eigen(A);
    const double least = rank_threshold(A.rows()) * eigen.eigenvalues().maxCoeff();
    const Index missing = (eigen.eigenvalues().array() <= least).count();
    if (missing > 0 && !ridge) {
      ridge = kRidgeOfSingular;
      white.warnings.push_back(warning_of_ridge(missing, " of " + std::to_string(A.rows()) + " directions"));
    }
    white.ridge = s.ridge(ridge.value_or(0));
    if (white.ridge > 0) eigen.compute(A += white.ridge * range.transpose() * range);
    if (!(eigen.eigenvalues().minCoeff() > 0)) throw InputError("the ridge is too small for these similar pairs");
    white.P = range * eigen.eigenvectors() * eigen.eigenvalues().cwiseSqrt().cwiseInverse().asDiagonal();
  } else {
    white.P = range;
  }
  white.Z = centred * white.P;
  return white;
}

Whitening whiten_similar_diagonal(const MatrixRef& X, const Pairs& pairs, std::optional<double> ridge,
                                  const Threads& threads) {
  const Matrix centred = X.rowwise() - X.colwise().mean();
  const Scatters s = diagonal_scatters(centred, pairs, threads);
  Whitening white;
  const Index missing = (s.all.array() > 0 && s.alike.array() <= rank_threshold(1) * s.all.array()).count();
  if (missing > 0 && !ridge) {
    ridge = kRidgeOfSingular;
    white.warnings.push_back(warning_of_ridge(missing, missing == 1 ? " feature" : " features"));
  }
  white.ridge = s.ridge(ridge.value_or(0));
  const Vector bounded = s.alike.array() + white.ridge;
  white.P = (s.all.array() > 0).select(bounded.cwiseSqrt().cwiseInverse(), 0);
  white.Z = centred * white.P.col(0).asDiagonal();
  return white;
}

}  // namespace maha
