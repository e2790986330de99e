#pragma once

#include <cstdint>

#include "core/team.hpp"
#include "learn/embedding/training/negative_sampler.hpp"

namespace maha::learn::embedding {

/// The loss of the embeddings F (B x r) of a batch.
struct BatchLoss {
  double value = 0;                 ///< the mean over the terms
  Index terms = 0, contribute = 0;  ///< number of pairs or triplets, and of those whose gradient is not 0
  Matrix gradient;                  ///< B x r: dvalue/dF
};

/// The pairs of a batch in a contrastive loss, B x B: T_ij > 0 if i and j are similar, < 0 if they are dissimilar, 0 if
/// they are no pair. |T_ij| is the weight of the pair's term.
using PairTerms = Matrix;

/// All pairs of a batch with these classes; the weights sum to 1.
PairTerms terms_of_classes(const Labels& y);

/// The contrastive loss of Hadsell, Chopra & LeCun, CVPR 2006, eq. 4, with unsquared distances d:
///   sum_ij |T_ij| / 2 [d_ij^2 if T_ij > 0, max(0, m - d_ij)^2 if T_ij < 0].
/// At d = 0 a dissimilar pair has no gradient.
BatchLoss contrastive_loss(const Matrix& F, const PairTerms& T, double margin, const Team& team);

struct TripletLossOptions {
  Sampler sampler = Sampler::distance_weighted;
  double margin = 0.2;  ///< of squared distances
};

/// Called for every triplet drawn, with the squared distances from the anchor to the positive and to the negative.
using TripletVisitor = std::function<void(double positive, double negative)>;

/// The mean of [d_ap^2 - d_an^2 + m]_+ (Schroff, Kalenichenko & Philbin, CVPR 2015, eq. 2) over all anchors a and all
/// positives p of their class in the batch, with a negative n drawn for each. The draws depend on `key` only. Ranks share
/// the anchors, of which `visit` sees its rank's.
BatchLoss triplet_loss(const Matrix& F, const Labels& y, const TripletLossOptions& options, std::uint64_t key,
                       const Team& team, const TripletVisitor& visit = {});

}  // namespace maha::learn::embedding
