#pragma once

#include "core/pairs.hpp"
#include "learn/embedding/embedding_training.hpp"

namespace maha {

struct SiameseOptions : TrainingOptions {
  double margin = 1;  ///< m, an unsquared distance, > 0
};

/// The options, as maha-siamese has them.
void declare(OptionList& all, SiameseOptions& options);

/// Throws UsageError if an option is out of range.
void check(const SiameseOptions& options);

/// An embedding f from pairs (i, j) that are similar (Y = 1) or not (Y = 0):
///   min sum 1/2 [Y d^2 + (1 - Y) max(0, m - d)^2],  d = |f_i - f_j|.
/// Hadsell, Chopra & LeCun, CVPR 2006, eq. 4, whose Y means the opposite. The mean is over the pairs; a share of them
/// is held out. X: n x d, finite. Throws InputError for options out of range, a pair out of range, or if there is no
/// similar or no dissimilar pair.
EmbeddingResult fit_siamese(const Matrix& X, const Pairs& pairs, const SiameseOptions& options = {},
                            const Run& run = {});

/// The same from labels: all pairs within batches of P classes x K rows. y: n class ids >= 0. Throws InputError as
/// train_from_labels.
EmbeddingResult fit_siamese(const Matrix& X, const Labels& y, const SiameseOptions& options = {}, const Run& run = {});

}  // namespace maha
