#pragma once

#include "learn/embedding/embedding_training.hpp"

namespace maha {

/// The loss of a batch's embeddings, whose class ids are y.
using LabelledLoss = std::function<BatchLoss(const Matrix& F, const Labels& y, Random& random)>;

/// Trains an embedding on batches of P classes x K rows. A stratified part of the rows is held out; its validation is
/// nearest_hit_loss against at most some 10,000 of the other rows. An epoch is as many batches as the
/// rows make, and at least 20. margin: of squared distances.
/// X: n x d, finite. y: n class ids >= 0. Throws InputError if sizes differ, unless there are two classes and one of
/// them has two rows.
Fit train_from_labels(const Samples& samples, bool normalize, double margin, const LabelledLoss& loss,
                      const TrainingOptions& options, const Run& run);

/// Throws InputError as train_from_labels.
void check_labels(const Matrix& X, const Labels& y);

/// The number of batches in an epoch over so many rows.
Index batches_in_epoch(Index rows, Index batch);

/// A smooth 1-NN error: the mean of h^4 / (h^4 + m^4) over the rows of Q, h and m being the squared distances to the
/// nearest row of R of the same class and of another one. A term is above 1/2 where the nearest row is of another
/// class, 1/2 if both are 0. Rows whose class R has not, or has alone, do not count. r must
/// ascend.
double nearest_hit_loss(const Matrix& Q, const Labels& q, const Matrix& R, const Labels& r, const Threads& threads);

/// The class ids of some rows.
Labels labels_of(const Labels& y, const std::vector<Index>& rows);

}  // namespace maha
