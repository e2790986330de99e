#pragma once

#include "core/parallel.hpp"
#include "core/preprocessing_options.hpp"
#include "core/types.hpp"
#include "linalg/scatter.hpp"
#include "metric/metric.hpp"
#include "metric/network.hpp"

namespace maha {

/// z = B D^-1 (x - shift), D diagonal, B with orthonormal rows or absent: fitted on training rows, and folded into the
/// metric that is learned from z, so that a model is always over the raw features.
class Preprocessing {
 public:
  /// Of rows with these moments (order scatter for PCA, else variances): scale and principal components are those of
  /// all rows, whatever their groups. A constant feature gets scale 1. Throws InputError unless pca is in [0, d].
  Preprocessing(const Moments& moments, const PreprocessingOptions& options);

  /// The same of rows x, the moments being those of x divided by powers of two, column by column; without scaling all
  /// of them the same one.
  Preprocessing(const Moments& moments, const PreprocessingOptions& options, const RowVector& units);

  const PreprocessingOptions& options() const { return options_; }
  Index dims() const { return shift_.size(); }
  Index reduced_dims() const { return basis_.size() > 0 ? basis_.rows() : dims(); }

  /// d: what each feature is divided by.
  const RowVector& scale() const { return scale_; }

  /// The rows as the learner sees them, n x reduced_dims. Equal rows stay equal. Cost: 2 n r d with PCA.
  Matrix apply(const MatrixRef& X, const Threads& threads = Threads()) const;

  /// The metric over x with the distances that `learned` has over z: in the form that was learned, after PCA as a
  /// factor L, since M over more features than were learned from would be singular. Throws InputError unless over z.
  Metric fold(const Metric& learned) const;

  /// The other way: a metric over x, as far as z tells of x, over z; after PCA, over the principal components alone.
  Metric unfold(const Metric& metric) const;

  /// The same of networks: f over z becomes f over x, and the other way.
  Network fold(const Network& learned) const;
  Network unfold(const Network& network) const;

  /// The matrix that z = A x + constant, reduced_dims x d: of a scatter S of x, A S A' is that of z.
  Matrix linear_map() const;

 private:
  PreprocessingOptions options_;
  RowVector shift_, scale_;
  Matrix basis_;  // empty without PCA
};

/// The preprocessing of the rows X, in one pass; in two, measured in powers of two, where squares overflow or
/// underflow. Memory: O(d), with PCA O(d^2). Throws InputError where what features are to be divided by is no number.
Preprocessing fit_preprocessing(const MatrixRef& X, const PreprocessingOptions& options,
                                const Threads& threads = Threads());

}  // namespace maha
