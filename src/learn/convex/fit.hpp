#pragma once

#include <functional>
#include <memory>

#include "core/run.hpp"
#include "learn/convex/loss.hpp"
#include "learn/convex/options.hpp"
#include "learn/fit.hpp"

namespace maha::learn::convex {

/// The loss of rows Z, n x r.
using LossOf = std::function<std::unique_ptr<Loss>(const Matrix& Z)>;

/// min over PSD M of loss(M) + ridge tr(M S), S the covariance (divisor n) of the rows X, n x d: tr(M S) is the mean of
/// the rows' squared distances from their mean, half of that of two rows. It takes the place of ridge tr M so that no
/// invertible linear map of the features changes the problem, as none changes the loss: no distance depends on units.
/// It is solved where S = I. Directions in which no row differs get no weight.
///
/// `objective` is that of the metric itself, from the rows under it; `bound` is proven for the rows as whitened.
/// Extras: loss, the objective without the ridge; rank; then those of the loss. Throws InputError for values whose
/// squares overflow, and a start over other features. Memory: n d + 30 r^2, and that of the loss.
Fit fit(const MatrixRef& X, const metric::Metric* init, const LossOf& loss_of, const Options& options, const Run& run);

}  // namespace maha::learn::convex
