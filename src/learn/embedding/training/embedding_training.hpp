#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "core/checkpoint.hpp"
#include "core/random.hpp"
#include "core/run.hpp"
#include "learn/embedding/training/batch_loss.hpp"
#include "learn/embedding/training_options.hpp"
#include "learn/fit.hpp"

namespace maha::learn::embedding {

/// What to minimise.
struct TrainingProblem {
  const SharedRows& X;  ///< n x d
  bool normalize;
  double distance;  ///< typical squared distance in the loss; scales the first weights
  Index batches;    ///< per epoch

  std::optional<metric::Network> init;  ///< where to start; its widths must be those of the options

  /// Draws the rows of X for the next step.
  std::function<std::vector<Index>(Random&)> draw;
  /// What the next draw depends on beside the random numbers.
  std::function<void(State&)> visit;
  /// The loss of their embeddings.
  std::function<BatchLoss(const Matrix& F, const std::vector<Index>& rows, Random&)> loss;
  /// The error of an embedding on the held-out rows; if empty, the mean loss of the epoch takes its place.
  std::function<double(const metric::Network&)> validate;
};

/// Minimises by Adam. Rows are first centred and divided by their root mean square, which is folded into the first
/// layer. After `patience` epochs without a better validation, training goes on from the best weights at a tenth of the
/// rate; the third time it ends (converged). The result is the network of the best epoch, or a metric if the network is
/// one linear layer without normalisation. Objective: the mean loss of the best epoch; iterations: epochs; extras:
/// validation, best_epoch. Throws InputError for options out of range, an init that does not fit, or too little memory.
/// Cost: 6 (number of weights) a row and epoch, plus the loss.
Fit train_embedding(const TrainingProblem& problem, const TrainingOptions& options, const Run& run);

/// Layers of the widths in `options`, with weights drawn uniformly: variance 2 / in before a ReLU and 1 / in in the
/// last layer (He et al., ICCV 2015). Unless embeddings are normalised, the last layer is scaled so that squared
/// distances of rows of variance 1 are about `distance`. Biases are 0.
metric::Network first_network(const TrainingOptions& options, Index dims, bool normalize, double distance,
                              Random& random);

/// The same over the raw rows, which training centres and scales; or the samples' start.
metric::Network first_embedding(const Samples& samples, const TrainingOptions& options, bool normalize,
                                double distance);

/// The samples' start as a network, if there is one.
std::optional<metric::Network> start_of(const Samples& samples);

}  // namespace maha::learn::embedding
