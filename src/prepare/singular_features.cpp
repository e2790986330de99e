#include "prepare/singular_features.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/random.hpp"
#include "linalg/scatter.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/units.hpp"

namespace maha::prepare {
namespace {

constexpr double kDependent = 1e-6;  // part of a coordinate in the null space; rounding leaves about 1e-8
constexpr double kRepeats = 1e-12;   // length of the difference of two standardised columns that counts as a repetition
constexpr Index kMostFormed = 1024;  // size of the largest matrix that is decomposed only to explain a singularity
constexpr std::size_t kNamed = 8;    // features named in a message, so that it stays readable

std::string listed(const std::vector<Index>& features, const std::function<std::string(Index)>& name) {
  std::string all;
  for (std::size_t i = 0; i < std::min(kNamed, features.size()); ++i) {
    const std::string called = name(features[i]);
    all += (i > 0 ? ", " : "") + (called.empty() ? "feature " + std::to_string(features[i] + 1) : called);
  }
  if (features.size() > kNamed) all += " and " + std::to_string(features.size() - kNamed) + " more";
  return all;
}

/// A column about its mean, scaled to length 1; 0 if it is constant.
Vector standardized(const MatrixRef& X, const linalg::Moments& moments, Index j) {
  const double length = std::sqrt(moments.squares(j));
  if (!(length > 0) || !std::isfinite(length)) return Vector::Zero(X.rows());
  return (X.col(j).array() - (moments.origin(j) + moments.mean(0, j))) / length;
}

/// For more features than rows: Y = U diag(s) V', the rows about their mean with columns of length 1. The part of a
/// coordinate in the null space is what its row of V lacks of length 1. Only an n x n matrix is decomposed.
Singularity of_few_rows(const MatrixRef& X, const linalg::Moments& moments) {
  Matrix Y(X.rows(), X.cols());
  for (Index j = 0; j < X.cols(); ++j) Y.col(j) = standardized(X, moments, j);
  const linalg::Eigenpairs eigen = linalg::eigenpairs(Y * Y.transpose());
  linalg::PsdInverse seen;
  const double least = std::max(0.0, linalg::rank_tolerance(X.cols()) * eigen.values.tail(1)(0));
  seen.rank = (eigen.values.array() > least).count();
  const Vector inverse = eigen.values.tail(seen.rank).cwiseInverse();
  const Matrix part = eigen.vectors.rightCols(seen.rank).transpose() * Y;  // rank x d: s v'
  const Vector kept = (inverse.asDiagonal() * part.cwiseAbs2()).colwise().sum().transpose();
  seen.lost = (1 - kept.array()).max(0).sqrt();
  return singularity_of(seen, moments.squares.transpose());
}

/// Features that repeat an earlier one. Only columns whose products with a random vector agree up to sign are compared.
Singularity of_repeated(const MatrixRef& X, const linalg::Moments& moments) {
  Singularity found{X.cols(), X.cols(), {}, {}};
  Random random(1);
  Vector probe(X.rows());
  for (double& p : probe) p = random.uniform() - 0.5;
  std::vector<std::pair<double, Index>> signs;
  for (Index j = 0; j < X.cols(); ++j) {
    if (moments.low(j) < moments.high(j)) signs.emplace_back(std::abs(probe.dot(standardized(X, moments, j))), j);
    if (!(moments.low(j) < moments.high(j))) found.constant.push_back(j);
  }
  std::sort(signs.begin(), signs.end());
  for (std::size_t k = 1; k < signs.size(); ++k) {
    if (signs[k].first - signs[k - 1].first > kRepeats * probe.norm()) continue;
    const Index i = signs[k - 1].second, j = signs[k].second;
    const Vector a = standardized(X, moments, i), b = standardized(X, moments, j);
    if (std::min((a - b).norm(), (a + b).norm()) > kRepeats) continue;
    found.dependent.insert(found.dependent.end(), {i, j});
    --found.rank;
  }
  found.rank -= static_cast<Index>(found.constant.size());
  std::sort(found.dependent.begin(), found.dependent.end());
  found.dependent.erase(std::unique(found.dependent.begin(), found.dependent.end()), found.dependent.end());
  return found;
}

}  // namespace

Singularity singularity_of(Index rank, const Vector& lost, const Vector& variances) {
  Singularity found{variances.size(), rank, {}, {}, {}};
  for (Index j = 0; j < variances.size() && found.singular(); ++j) {
    if (variances(j) <= 0) {
      found.constant.push_back(j);
    } else if (lost(j) > kDependent) {
      found.dependent.push_back(j);
    }
  }
  return found;
}

Singularity find_singularity(const MatrixRef& X, const Threads& threads) {
  const bool few_rows = X.rows() <= X.cols(), formed = std::min(X.rows(), X.cols()) <= kMostFormed;
  const linalg::MomentOrder order = formed && !few_rows ? linalg::MomentOrder::scatter : linalg::MomentOrder::variances;
  const linalg::Moments moments = linalg::moments_of(X, order, threads);
  const auto sound = moments.squares.array() >= 0x1p-960 && moments.squares.array().isFinite();
  if ((moments.low.array() < moments.high.array() && !sound).any()) {  // squares overflow or vanish in these units
    return find_singularity(X.array().rowwise() / linalg::units_of_columns(X).array(), threads);
  }
  if (!formed) return of_repeated(X, moments);
  if (few_rows) return of_few_rows(X, moments);
  return singularity_of(linalg::invert_psd(moments.scatter), moments.squares.transpose());
}

std::string Singularity::text(const std::function<std::string(Index)>& name) const {
  if (!singular()) return "";
  std::string all = "the covariance is singular (rank " + std::to_string(rank) + " of " + std::to_string(dims) + ")";
  if (!constant.empty()) all += "; without variance: " + listed(constant, name);
  if (!dependent.empty()) all += "; linearly dependent: " + listed(dependent, name);
  return consequence.empty() ? all : all + "; " + consequence;
}

}  // namespace maha::prepare
