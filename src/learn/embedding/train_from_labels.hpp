#pragma once

#include "learn/embedding/training/embedding_training.hpp"

namespace maha::learn::embedding {

/// The loss of a batch's embeddings F with class ids y.
using LabelledLoss = std::function<BatchLoss(const Matrix& F, const Labels& y, Random& random)>;

/// Trains an embedding on batches of P classes x K rows. A stratified share of the rows is held out; the validation
/// error is nearest_hit_loss of these against at most some 10,000 of the other rows. An epoch has as many batches as
/// the rows fill, and at least 20. margin: of squared distances. X: n x d, finite. y: n class ids >= 0. Throws
/// InputError if sizes differ, or unless there are two classes and one of them has two rows.
Fit train_from_labels(const Samples& samples, bool normalize, double margin, const LabelledLoss& loss,
                      const TrainingOptions& options, const Run& run);

/// Throws InputError as train_from_labels does.
void check_labels(const SharedRows& X, const Labels& y);

/// The number of batches in an epoch over so many rows.
Index batches_in_epoch(Index rows, Index batch);

/// A smooth 1-NN error: the mean of h^4 / (h^4 + m^4) over the rows of Q, with h and m the squared distances to the
/// nearest row of R of the same class and of another class. A term is above 1/2 if the nearest row is of another class,
/// and 1/2 if both are 0. Rows whose class does not occur in R, or is the only one there, do not count. r must be
/// ascending.
double nearest_hit_loss(const Matrix& Q, const Labels& q, const Matrix& R, const Labels& r, const Team& team);

/// Network::transform, of which each rank works out some rows.
Matrix embeddings(const metric::Network& network, const MatrixRef& X, const Team& team);

/// The class ids of some rows.
Labels labels_of(const Labels& y, const std::vector<Index>& rows);

}  // namespace maha::learn::embedding
