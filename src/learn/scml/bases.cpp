#include "learn/scml/bases.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "core/pairs.hpp"
#include "core/random.hpp"
#include "learn/lda/lda.hpp"
#include "linalg/spectral/eigen.hpp"
#include "neighbors/by_class.hpp"
#include "neighbors/index.hpp"
#include "prepare/pairs/pair_scatter.hpp"

namespace maha::learn::scml {
namespace {

constexpr Index kScales[] = {20, 50};  // rows of each class around a center: small regions for what is local, and large
constexpr double kRidge = 0.1;         // of the total scatter: regions have few rows, some fewer than features
constexpr int kRounds = 10;            // of k-means: centers need not be settled, only spread over the rows

/// So many rows in random order.
std::vector<Index> drawn(Index from, Index count, std::uint64_t seed) {
  std::vector<Index> all(static_cast<std::size_t>(from));
  std::iota(all.begin(), all.end(), Index{0});
  Random random(seed);
  random.shuffle(all);
  all.resize(static_cast<std::size_t>(std::min(from, count)));
  return all;
}

/// Lloyd's k-means from rows drawn at random; a center without rows stays where it is.
Matrix centers_of(const MatrixRef& X, Index count, std::uint64_t seed, const Threads& threads) {
  Matrix centers = X(drawn(X.rows(), count, seed), Eigen::all);
  for (int round = 0; round < kRounds; ++round) {
    const neighbors::NeighborLists nearest = neighbors::NeighborIndex(centers, threads).nearest(X, 1, threads);
    Matrix sums = Matrix::Zero(centers.rows(), X.cols());
    Vector rows = Vector::Zero(centers.rows());
    for (Index i = 0; i < X.rows(); ++i) {
      const Index c = nearest.index[static_cast<std::size_t>(i)];
      sums.row(c) += X.row(i);
      ++rows[c];
    }
    for (Index c = 0; c < centers.rows(); ++c) {
      if (rows[c] > 0) centers.row(c) = sums.row(c) / rows[c];
    }
  }
  return centers;
}

/// The discriminants of some rows, unit rows.
Matrix discriminants(const MatrixRef& X, const Labels& y, const std::vector<Index>& rows, const Threads& threads) {
  Samples region{.X = X(rows, Eigen::all)};
  for (const Index i : rows) region.y.push_back(y[static_cast<std::size_t>(i)]);
  const Fit fit = lda::fit_lda(region, {.ridge = kRidge}, {threads, {}, {}});
  if (fit.linear().rank() == 0) return Matrix(0, X.cols());
  return fit.linear().factor().rowwise().normalized();
}

void append(Matrix& all, const Matrix& more) {
  all.conservativeResize(all.rows() + more.rows(), Eigen::NoChange);
  all.bottomRows(more.rows()) = more;
}

}  // namespace

Matrix bases_of_regions(const MatrixRef& X, const Labels& y, Index count, std::uint64_t seed, const Threads& threads) {
  const int classes = 1 + *std::max_element(y.begin(), y.end());
  const Index each = std::ssize(kScales) * std::min<Index>(classes - 1, X.cols());
  const Matrix centers = centers_of(X, (count + each - 1) / each, seed, threads);
  const Index most = *std::max_element(std::begin(kScales), std::end(kScales));
  const auto nearest = neighbors::nearest_by_class(X, y, classes, centers, most, threads);
  Matrix all(0, X.cols());
  for (Index center = 0; center < centers.rows(); ++center) {
    for (const Index scale : kScales) {
      std::vector<Index> rows;
      for (const neighbors::NeighborLists& of_class : nearest) {
        const auto first = of_class.index.begin() + center * of_class.k;
        rows.insert(rows.end(), first, first + std::min(scale, of_class.k));
      }
      append(all, discriminants(X, y, rows, threads));
    }
  }
  return all.topRows(std::min(count, all.rows()));
}

Matrix bases_of_triplets(const MatrixRef& X, const Triplets& triplets, Index count, std::uint64_t seed,
                         const Threads& threads) {
  Pairs near, far;
  for (const Triplet& t : triplets) {
    near.push_back({t.anchor, t.near, true});
    far.push_back({t.anchor, t.far, false});
  }
  const auto mean = [&](const Pairs& pairs) {
    return prepare::pair_scatter(X, pairs, Vector::Constant(std::ssize(pairs), 1.0 / static_cast<double>(pairs.size())),
                                 threads);
  };
  SquareMatrix A = mean(near);
  const double total = A.trace() + mean(far).trace();
  Matrix all(0, X.cols());
  if (!(total > 0)) return all;
  A.diagonal().array() += kRidge * total / static_cast<double>(X.cols());
  const SquareMatrix L = linalg::cholesky(A)->L;
  for (const Index t : drawn(std::ssize(triplets), count, seed)) {
    const Pair& pair = far[static_cast<std::size_t>(t)];
    const Vector v = (X.row(pair.i) - X.row(pair.j)).transpose();
    if (!(v.squaredNorm() > 0)) continue;
    const Vector half = linalg::solve_lower(L, v);
    append(all, L.transpose().triangularView<Eigen::Upper>().solve(half).normalized().transpose());
  }
  return all;
}

}  // namespace maha::learn::scml
