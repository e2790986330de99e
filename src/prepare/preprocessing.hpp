#pragma once

#include <memory>
#include <variant>

#include "core/machine/parallel.hpp"
#include "core/types.hpp"
#include "linalg/scatter.hpp"
#include "metric/metric.hpp"
#include "metric/network/network.hpp"
#include "prepare/preprocessing_options.hpp"

namespace maha::prepare {

/// z = B D^-1 (x - shift), with D diagonal and B absent or with orthonormal rows. It is fitted on training rows and
/// folded into the metric that is learned from z, so that a model is always over the raw features. With a kernel it is
/// z = B (phi - shift), phi the features of the kernel (prepare/kernel/features.hpp) of the rows scaled.
class Preprocessing {
 public:
  /// For rows with these moments (order scatter for PCA, otherwise variances). Scale and principal components are those
  /// of all rows, whatever their groups. A constant feature gets scale 1. Throws InputError unless pca is in [0, d].
  Preprocessing(const linalg::Moments& moments, const PreprocessingOptions& options);

  /// The same for fewer rows than features, whose moments need no scatter: H = linalg::scatter_rows of them.
  Preprocessing(const linalg::Moments& moments, const PreprocessingOptions& options, const Matrix& H,
                const Threads& threads);

  const PreprocessingOptions& options() const { return options_; }
  Index dims() const { return kernel_ ? kernel_->dims() : shift_.size(); }
  Index reduced_dims() const { return basis_.size() > 0 ? basis_.rows() : shift_.size(); }

  /// d: what each feature is divided by. This and linear_map() say nothing of a kernel.
  const RowVector& scale() const { return scale_; }

  /// The rows as the learner sees them, n x r with r = reduced_dims(). Equal rows stay equal. Throws InputError where
  /// the values of a kernel overflow. Cost: 2 n r d with PCA.
  Matrix apply(const MatrixRef& X, const Threads& threads = Threads()) const;

  /// What has over x the distances that `learned` has over z: metrics stay metrics and networks networks, but with a
  /// kernel it is a network. Throws InputError if `learned` is not over z.
  using Learned = std::variant<metric::Metric, metric::Network>;
  Learned over_features(const Learned& learned) const;

  /// The metric over x that has the distances of `learned` over z. It keeps its form, except that after PCA it is a
  /// factor L, since M over the raw features would be singular. Throws InputError if `learned` is not over z, or if
  /// there is a kernel.
  metric::Metric fold(const metric::Metric& learned) const;

  /// The inverse: a metric over x becomes one over z; after PCA it is restricted to the principal components. Throws
  /// InputError if there is a kernel.
  metric::Metric unfold(const metric::Metric& metric) const;

  /// The same for networks: f over z becomes f over x, and back.
  metric::Network fold(const metric::Network& learned) const;
  metric::Network unfold(const metric::Network& network) const;

  /// A with z = A x + constant, reduced_dims x d. If x has the scatter S, z has A S A'.
  Matrix linear_map() const;

 private:
  friend Preprocessing fit_preprocessing(const MatrixRef& X, const PreprocessingOptions& options,
                                         const Threads& threads);

  metric::Network fold_linear(const metric::Network& learned) const;
  Matrix apply_linear(const MatrixRef& X, const Threads& threads) const;
  void refuse_kernel() const;
  void set_shift(const linalg::Moments& moments);
  void take_units(const linalg::Moments& moments, const RowVector& units);

  PreprocessingOptions options_;
  RowVector shift_, scale_;
  Matrix basis_;                                   // empty without PCA
  std::shared_ptr<const metric::Network> kernel_;  // what comes before all that; nullptr without one
};

/// The preprocessing for the rows X. One pass; where squares overflow or underflow, a second one in units of powers of
/// two. Memory: O(d), with PCA O(d min(n, d)), with a kernel that of fit_kernel. Throws InputError if a feature's scale
/// overflows, and as fit_kernel does.
Preprocessing fit_preprocessing(const MatrixRef& X, const PreprocessingOptions& options,
                                const Threads& threads = Threads());

}  // namespace maha::prepare
