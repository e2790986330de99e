#pragma once

#include "learn/embedding/training/embedding_training.hpp"

namespace maha::learn::embedding {

struct SiameseOptions : TrainingOptions {
  double margin = 1;  ///< m, an unsquared distance, > 0
};

/// The options of maha-siamese.
void declare(OptionList& all, SiameseOptions& options);

/// Throws UsageError if an option is out of range.
void check(const SiameseOptions& options);

/// What only maha-siamese has: its examples and a start.
void describe(Hooks& hooks, SiameseOptions& options);

/// An embedding f from pairs (i, j) that are similar (Y = 1) or dissimilar (Y = 0):
///   min mean of 1/2 [Y d^2 + (1 - Y) max(0, m - d)^2],  d = |f_i - f_j|.
/// Hadsell, Chopra & LeCun, CVPR 2006, eq. 4, whose Y has the opposite meaning. The mean is over the pairs, of which a
/// share is held out. Without pairs, it is over all pairs within batches of P classes x K rows, by their labels.
/// Throws InputError for options or pairs out of range, or without a similar or a dissimilar pair; for labels as
/// train_from_labels does. Cost: train_embedding.
Fit fit_siamese(const Samples& samples, const SiameseOptions& options = {}, const Run& run = {});

}  // namespace maha::learn::embedding
