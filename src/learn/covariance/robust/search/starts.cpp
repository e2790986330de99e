#include "learn/covariance/robust/search/starts.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>

#include "core/random.hpp"
#include "learn/covariance/robust/factors.hpp"
#include "learn/covariance/robust/scale.hpp"
#include "linalg/scatter.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/spectral/psd.hpp"

namespace maha::learn::covariance {
namespace {

constexpr std::uint64_t kSeed = 1;

// ---- The six covariances --------------------------------------------------------------------------------------------

/// The correlations of the columns; 0 with one that is constant.
SquareMatrix correlations(const Matrix& Y, const Threads& threads) {
  const SquareMatrix S = linalg::moments_of(Y, linalg::MomentOrder::scatter, threads).scatter;
  const Vector inverse = linalg::diagonal_scale(S).cwiseInverse();
  return inverse.asDiagonal() * S * inverse.asDiagonal();
}

/// The ranks of the values, from 1; equal ones share the mean of theirs.
Vector ranks_of(const Vector& x) {
  std::vector<Index> order(static_cast<std::size_t>(x.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::sort(order.begin(), order.end(), [&](Index i, Index j) { return x(i) < x(j); });
  Vector ranks(x.size());
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && x(order[end]) == x(order[begin])) ++end;
    for (std::size_t k = begin; k < end; ++k) ranks(order[k]) = 0.5 * static_cast<double>(begin + 1 + end);
  }
  return ranks;
}

Matrix ranks_of_columns(const Matrix& U, const Threads& threads) {
  Matrix ranks(U.rows(), U.cols());
  threads.for_tiles(U.cols(), [&](Index j) { ranks.col(j) = ranks_of(U.col(j)); });
  return ranks;
}

/// Tukey's normal scores of ranks among n.
Matrix normal_scores(const Matrix& ranks) {
  const auto n = static_cast<double>(ranks.rows());
  return ranks.unaryExpr([n](double rank) { return gaussian_quantile((rank - 1.0 / 3) / (n + 1.0 / 3)); });
}

/// u / |u|; 0 for a row at the center.
Matrix signs_of(const Matrix& U) {
  const Vector lengths = U.rowwise().norm();
  return lengths.unaryExpr([](double length) { return length > 0 ? 1 / length : 0; }).asDiagonal() * U;
}

SquareMatrix sign_covariance(const Matrix& U) {
  const Matrix signs = signs_of(U);
  SquareMatrix S = SquareMatrix::Zero(U.cols(), U.cols());
  S.selfadjointView<Eigen::Lower>().rankUpdate(signs.transpose());
  return S;
}

Index half_of(Index n) { return (n + 1) / 2; }

SquareMatrix inner_covariance(const Matrix& U, const Threads& threads) {
  const Subset inner = nearest(U.rowwise().squaredNorm(), half_of(U.rows()));
  return linalg::moments_of(U(inner, Eigen::all), linalg::MomentOrder::scatter, threads).scatter;
}

/// Gnanadesikan & Kettenring's: a covariance is (var(a + b) - var(a - b)) / 4, for robust deviations too.
SquareMatrix pairwise_covariance(const Matrix& U, Index h, const Threads& threads) {
  const Index d = U.cols();
  const SquareMatrix columns = U;  // each contiguous
  SquareMatrix S = SquareMatrix::Identity(d, d);
  threads.for_tiles(d, [&](Index a) {
    for (Index b = 0; b < a; ++b) {
      const double sum = tau_scale(columns.col(a) + columns.col(b), h).scale;
      const double difference = tau_scale(columns.col(a) - columns.col(b), h).scale;
      S(a, b) = (sum * sum - difference * difference) / 4;
    }
  });
  return S;
}

// ---- From a covariance to rows --------------------------------------------------------------------------------------

/// The squared distances of all rows under the axes of S (the lower triangle is read), with robust deviations along
/// them, from the median of the rows that are sphered by these: steps 1 to 3 of section 3.2.
Vector distances_under(const Matrix& U, const SquareMatrix& S, Index h, const Threads& threads) {
  const SquareMatrix E = linalg::eigenpairs(S).vectors;
  Matrix V = U * E;
  const ColumnScales along = tau_scales(V, h, threads);
  Index flat = 0;
  if (along.scale.minCoeff(&flat) <= 0) {
    const Vector across = (V.col(flat).array() - along.center(flat)).abs();
    throw ExactFit{{E.col(flat), nearest(across, h)}};
  }
  V = V * along.scale.cwiseInverse().asDiagonal() * E.transpose();
  for (Index j = 0; j < V.cols(); ++j) V.col(j).array() -= median(V.col(j));
  return V.rowwise().squaredNorm();
}

/// The h rows nearest to the mean of the nearer half, under its covariance; where this is singular, the h nearest.
Subset rows_about(const Matrix& U, const Vector& distances, Index h, const Threads& threads) {
  const std::optional<Ellipsoid> half = ellipsoid_of(U, nearest(distances, half_of(U.rows())), threads);
  return nearest(half ? distances_from(U, *half, threads) : distances, h);
}

}  // namespace

std::vector<Subset> deterministic_starts(const Matrix& U, Index h, const Threads& threads) {
  const Matrix ranks = ranks_of_columns(U, threads);
  const std::function<SquareMatrix()> covariances[] = {
      [&] { return correlations(U.array().tanh().matrix(), threads); },
      [&] { return correlations(ranks, threads); },
      [&] { return correlations(normal_scores(ranks), threads); },
      [&] { return sign_covariance(U); },
      [&] { return inner_covariance(U, threads); },
      [&] { return pairwise_covariance(U, h, threads); },
  };
  std::vector<Subset> starts;
  for (const auto& covariance : covariances) {
    starts.push_back(rows_about(U, distances_under(U, covariance(), h, threads), h, threads));
  }
  return starts;
}

std::vector<Subset> random_starts(const Matrix& U, Index h, Index count, const Threads& threads) {
  Random random(kSeed);
  std::vector<Index> order(static_cast<std::size_t>(U.rows()));
  std::iota(order.begin(), order.end(), Index{0});
  std::vector<Subset> starts;
  for (Index start = 0; start < count; ++start) {
    std::optional<Ellipsoid> shape;
    for (Index drawn = 0; !shape && drawn < h;) {
      const Index wanted = std::min(h, std::max(U.cols() + 1, drawn + 1));
      for (; drawn < wanted; ++drawn) {  // a shuffle as far as it is needed
        const Index other = drawn + random.below(U.rows() - drawn);
        std::swap(order[static_cast<std::size_t>(drawn)], order[static_cast<std::size_t>(other)]);
      }
      shape = ellipsoid_of(U, Subset(order.begin(), order.begin() + drawn), threads);
    }
    Subset rows(order.begin(), order.begin() + h);
    std::sort(rows.begin(), rows.end());
    starts.push_back(shape ? nearest(distances_from(U, *shape, threads), h) : std::move(rows));
  }
  return starts;
}

}  // namespace maha::learn::covariance
