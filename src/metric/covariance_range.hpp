#pragma once

#include <vector>

#include "core/machine/parallel.hpp"
#include "core/types.hpp"
#include "metric/metric.hpp"

namespace maha::metric {

/// The range of a singular covariance S: the differences x - center that rows like those it is of can have. Outside of
/// it, where a constant feature has another value or a linear dependence is broken, there is no variance, and the
/// distance is infinite; M, a pseudo-inverse of S, does not see that.
///
/// M = D^-1 R^+ D^-1, with D the deviations of the features and R = D^-1 S D^-1 their correlations (linalg/spectral/
/// psd.hpp, invert_psd), has the row space D^-1 range(R). So L D, M = L'L, spans range(R), in which u = D^-1 (x -
/// center) has to lie. What counts as outside is more than
///   - what a row that S is of can have lost where R's eigenvalues up to the rank tolerance t were left out:
///     sum_i |outside part of u_i|^2 <= n (d - r) t lambda_max, lambda_max <= d, once more for the decomposition;
///   - what rounding in M makes of its row space, t d lambda_max / lambda_min, times |u|;
///   - six digits, which is how exactly rows of another program may be written: 1e-6 of the deviations, and of |u|;
///   - the rounding of x itself.
/// A constant feature has no unit but its value; it is the same up to 1e-12 of that.
class CovarianceRange {
 public:
  /// `metric`: M, over d features; deviations: D, 0 for a constant feature; rows: n, of which S is. Throws InputError
  /// if sizes differ. Memory: 2 r d. Cost: 2 d r^2.
  CovarianceRange(const Metric& metric, Vector center, Vector deviations, Index rows);

  /// For each row of X (n x d) whether it is outside. A row whose u overflows is not. It does not depend on the other
  /// rows. Cost: 4 r d a row.
  std::vector<bool> outside(const MatrixRef& X, const Threads& threads = Threads()) const;

  /// The features, in order, in which a row is outside: the constant ones that have another value; if there are none,
  /// those of the dependences that it breaks.
  std::vector<Index> features_outside(const RowVector& x) const;

 private:
  struct Part;
  Part outside_part(const MatrixRef& X) const;
  bool differs(double x, Index j) const;
  bool breaks_constant(const MatrixRef& X, Index i) const;

  RowVector center_, inverse_;  // of the deviations; 0 for a constant feature
  std::vector<Index> constant_;
  Metric onto_, back_;                  // Q' and Q, the columns of Q an orthonormal basis of range(R)
  double absolute_ = 0, relative_ = 0;  // in deviations, and of |u|; 0: only constant features are lost
};

}  // namespace maha::metric
