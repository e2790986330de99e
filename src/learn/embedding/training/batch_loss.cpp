#include "learn/embedding/training/batch_loss.hpp"

#include <cmath>

#include "linalg/distances.hpp"

namespace maha::learn::embedding {
namespace {

constexpr Index kAnchors = 32;  // rows of a batch in one tile: eight tiles of the default batch for threads to share

struct Part {
  double value = 0;
  Index terms = 0, contribute = 0;
};

/// Calls part(D, begin, rows of W, sum) for tiles of anchors, D being the squared distances from these anchors and W
/// their dloss/dD. The gradient of sum_ij W_ij |f_i - f_j|^2 is 2 (diag(S 1) - S) F, S = W + W'.
template <class TilePart>
BatchLoss over_anchors(const Matrix& F, const Team& team, TilePart&& part) {
  const Index rows = F.rows();
  const Vector norms = F.rowwise().squaredNorm();
  Matrix W = Matrix::Zero(rows, rows);
  std::vector<Part> parts(static_cast<std::size_t>((rows + kAnchors - 1) / kAnchors));
  team.for_own_ranges(rows, kAnchors, [&](Index begin, Index end) {
    const Matrix D =
        linalg::squared_distances(F.middleRows(begin, end - begin), norms.segment(begin, end - begin), F, norms);
    part(D, begin, W.middleRows(begin, end - begin), parts[static_cast<std::size_t>(begin / kAnchors)]);
  });
  team.share(W, kAnchors);
  team.share(std::ssize(parts), 1, parts.data(), [](Index i) { return i; });
  BatchLoss loss;
  for (const Part& of : parts) {
    loss.value += of.value;
    loss.terms += of.terms;
    loss.contribute += of.contribute;
  }
  loss.gradient.resize(rows, F.cols());
  team.for_own_ranges(rows, kAnchors, [&](Index begin, Index end) {
    const Index count = end - begin;
    const Matrix S = W.middleRows(begin, count) + W.middleCols(begin, count).transpose();
    const Vector sums = S.rowwise().sum();
    loss.gradient.middleRows(begin, count) = 2 * (sums.asDiagonal() * F.middleRows(begin, count) - S * F);
  });
  team.share(loss.gradient, kAnchors);
  return loss;
}

}  // namespace

PairTerms terms_of_classes(const Labels& y) {
  const auto rows = static_cast<Index>(y.size());
  const Eigen::Map<const Eigen::ArrayXi> classes(y.data(), rows);
  const RowVector weights = RowVector::Constant(rows, 1 / static_cast<double>(rows * (rows - 1)));
  PairTerms T(rows, rows);
  for (Index i = 0; i < rows; ++i) {
    T.row(i) = (classes == classes(i)).transpose().select(weights.array(), -weights.array());
    T(i, i) = 0;
  }
  return T;
}

BatchLoss contrastive_loss(const Matrix& F, const PairTerms& T, double margin, const Team& team) {
  return over_anchors(F, team, [&](const Matrix& D, Index begin, auto&& W, Part& sum) {
    for (Index i = 0; i < D.rows(); ++i) {
      for (Index j = 0; j < D.cols(); ++j) {
        const double weight = T(begin + i, j), d = std::sqrt(D(i, j)), short_of = margin - d;
        if (weight == 0) continue;
        ++sum.terms;
        if (weight > 0) {
          sum.value += 0.5 * weight * D(i, j);
          W(i, j) = 0.5 * weight;
        } else if (short_of > 0) {
          sum.value -= 0.5 * weight * short_of * short_of;
          W(i, j) = d > 0 ? 0.5 * weight * short_of / d : 0;
        }
        sum.contribute += W(i, j) != 0;
      }
    }
  });
}

BatchLoss triplet_loss(const Matrix& F, const Labels& y, const TripletLossOptions& options, std::uint64_t key,
                       const Team& team, const TripletVisitor& visit) {
  BatchLoss loss = over_anchors(F, team, [&](const Matrix& D, Index begin, auto&& W, Part& sum) {
    NegativeSampler sampler(options.sampler, options.margin, F.cols());
    std::vector<Index> positives, negatives;
    std::vector<double> squared;
    for (Index i = 0; i < D.rows(); ++i) {
      const Index a = begin + i;
      Random random(key + static_cast<std::uint64_t>(a));
      positives.clear(), negatives.clear(), squared.clear();
      for (Index j = 0; j < D.cols(); ++j) {
        const bool same = y[static_cast<std::size_t>(j)] == y[static_cast<std::size_t>(a)];
        if (same && j != a) positives.push_back(j);
        if (same) continue;
        negatives.push_back(j);
        squared.push_back(D(i, j));
      }
      if (negatives.empty() || positives.empty()) continue;
      sampler.set_anchor(squared);
      for (const Index p : positives) {
        const Index n = sampler.draw(D(i, p), random), j = negatives[static_cast<std::size_t>(n)];
        const double excess = D(i, p) - D(i, j) + options.margin;
        ++sum.terms;
        if (visit) visit(D(i, p), D(i, j));
        if (!(excess > 0)) continue;
        ++sum.contribute;
        sum.value += excess;
        W(i, p) += 1;
        W(i, j) -= 1;
      }
    }
  });
  const double share = 1 / static_cast<double>(std::max<Index>(1, loss.terms));
  loss.value *= share;
  loss.gradient *= share;
  return loss;
}

}  // namespace maha::learn::embedding
