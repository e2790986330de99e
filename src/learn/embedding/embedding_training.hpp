#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "core/random.hpp"
#include "core/run.hpp"
#include "learn/embedding/batch_loss.hpp"
#include "learn/embedding/training_options.hpp"
#include "learn/fit.hpp"

namespace maha {

/// What is minimised.
struct TrainingProblem {
  const Matrix& X;  ///< n x d
  bool normalize;
  double distance;  ///< the size of squared distances that the loss is about: scales the first weights
  Index batches;    ///< in an epoch

  std::optional<Network> init;  ///< where to start; its widths must be those of the options

  /// Rows of X for the next step.
  std::function<std::vector<Index>(Random&)> draw;
  /// The loss of their embeddings.
  std::function<BatchLoss(const Matrix& F, const std::vector<Index>& rows, Random&)> loss;
  /// What the held-out rows say of an embedding; empty: the mean loss of the epoch decides.
  std::function<double(const Network&)> validate;
};

/// Minimises by Adam. The rows are centred and divided by their root mean square first, which goes into the first
/// layer. After `patience` epochs without a better validation the best weights are taken up again at a tenth of the
/// rate; the third time that is the end (converged). The best epoch's network is the result.
/// The result is a metric where the network is a single linear layer without normalisation. Objective: the mean loss of
/// the best epoch; iterations: epochs; extras: validation, best_epoch.
/// Throws InputError for options out of range, an init that does not fit, or more memory than there is.
/// Cost: 6 (number of weights) a row and epoch, and that of the loss.
Fit train_embedding(const TrainingProblem& problem, const TrainingOptions& options, const Run& run);

/// Layers of the widths of `options` with weights drawn uniformly, variance 2 / in before ReLU
/// and 1 / in at the end (He et al., ICCV 2015), there scaled so that squared distances of rows of variance 1 are about
/// `distance` unless they are normalised; biases 0.
Network first_network(const TrainingOptions& options, Index dims, bool normalize, double distance, Random& random);

/// The same over the rows, which training centres and scales first; or the start among the samples.
Network first_embedding(const Samples& samples, const TrainingOptions& options, bool normalize, double distance);

/// The start among the samples, as a network, if there is one.
std::optional<Network> start_of(const Samples& samples);

}  // namespace maha
