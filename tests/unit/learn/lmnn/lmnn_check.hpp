#pragma once

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "learn/lmnn/lmnn.hpp"

/// LMNN's primal and dual as the paper writes them, over the rows as they were given, triplet by triplet: nothing is
/// whitened, searched or tiled, and nothing of the solver is used.
namespace lmnn_check {

using namespace maha;
using namespace maha::learn::lmnn;

inline std::vector<std::vector<Index>> targets(const Matrix& X, const Labels& y, Index k) {
  std::vector<std::vector<Index>> result;
  for (Index i = 0; i < X.rows(); ++i) {
    std::vector<std::pair<double, Index>> same;
    for (Index j = 0; j < X.rows(); ++j) {
      if (j != i && y[j] == y[i]) same.emplace_back((X.row(i) - X.row(j)).squaredNorm(), j);
    }
    std::sort(same.begin(), same.end());
    auto& row = result.emplace_back();
    for (Index t = 0; t < k; ++t) row.push_back(same[t].second);
  }
  return result;
}

inline double objective(const Matrix& X, const Labels& y, const SquareMatrix& M, const LmnnOptions& options = {}) {
  const auto chosen = targets(X, y, options.k);
  SquareMatrix D(X.rows(), X.rows());
  for (Index i = 0; i < X.rows(); ++i) {
    for (Index j = 0; j < X.rows(); ++j) D(i, j) = (X.row(i) - X.row(j)).dot(M * (X.row(i) - X.row(j)).transpose());
  }
  double pull = 0, push = 0;
  for (Index i = 0; i < X.rows(); ++i) {
    for (const Index j : chosen[i]) {
      pull += D(i, j);
      for (Index l = 0; l < X.rows(); ++l) {
        if (y[l] != y[i]) push += std::max(0.0, 1 + D(i, j) - D(i, l));
      }
    }
  }
  return (1 - options.push_weight) * pull + options.push_weight * push;
}

struct Bound {
  int faults = 0;  ///< multipliers that are out of the box, or belong to no triplet
  double value = 0;
};

/// What the multipliers prove, if the optimum is at most `upper`: with t the largest generalised eigenvalue of
/// sum alpha (C_il - C_ij) by (1-mu) C, the better of sum alpha / t and sum alpha - upper (t - 1).
inline Bound bound(const Matrix& X, const Labels& y, const std::vector<TripletMultiplier>& dual, double upper,
                   const LmnnOptions& options = {}) {
  const auto chosen = targets(X, y, options.k);
  const Index d = X.cols();
  SquareMatrix C = SquareMatrix::Zero(d, d), H = SquareMatrix::Zero(d, d);
  const auto outer = [&](Index a, Index b) -> SquareMatrix {
    return (X.row(a) - X.row(b)).transpose() * (X.row(a) - X.row(b));
  };
  for (Index i = 0; i < X.rows(); ++i) {
    for (const Index j : chosen[i]) C += outer(i, j);
  }
  Bound result;
  double sum = 0;
  for (const auto& [i, j, l, alpha] : dual) {
    result.faults += !(alpha >= 0 && alpha <= options.push_weight) || y[i] == y[l] ||
                     std::find(chosen[i].begin(), chosen[i].end(), j) == chosen[i].end();
    sum += alpha;
    H += alpha * (outer(i, l) - outer(i, j));
  }
  double t = 0;
  if (options.diagonal) {
    t = (H.diagonal().array() / C.diagonal().array()).maxCoeff() / (1 - options.push_weight);
  } else {
    const Eigen::GeneralizedSelfAdjointEigenSolver<SquareMatrix> eigen(H, (1 - options.push_weight) * C);
    t = eigen.eigenvalues().maxCoeff();
  }
  result.value = std::max(sum / std::max(1.0, t), sum - upper * std::max(0.0, t - 1));
  return result;
}

}  // namespace lmnn_check
