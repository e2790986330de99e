#pragma once

#include <string>
#include <vector>

#include "core/machine/parallel.hpp"
#include "core/types.hpp"

namespace maha::metric {

/// A Mahalanobis metric over d features, with the squared distance
///   (x - y)' M (x - y) = |L(x - y)|^2,  M = L'L positive semidefinite.
/// It keeps the form that was learned, M or L, so that a model is written as it was made. L is available in either
/// case. A factor or weights take no d x d memory.
class Metric {
 public:
  enum class Form {
    matrix,   ///< M, d x d
    factor,   ///< L, r x d
    weights,  ///< M = diag(w), w >= 0
  };

  /// No features at all.
  Metric() = default;

  /// M as computed elsewhere, say by numpy. Rounding in it is corrected, with a line of text in `notes`: an asymmetry
  /// up to 1e-8 sqrt(M_ii M_jj) is averaged away, and eigenvalues of M scaled to unit diagonal are clipped if they lie
  /// in [-1e-8, 0) times the largest one. Throws InputError if M is further off, not square or not finite; the message
  /// names the entry, with rows and columns counted from 1. Cost: that of factor_psd.
  static Metric from_matrix(const SquareMatrix& M, std::vector<std::string>* notes = nullptr);

  /// M = L'L, L: r x d. Without rows M = 0, which is kept as weights of 0, a form that every reader and writer knows.
  /// Throws InputError unless L is finite and has at least one column.
  static Metric from_factor(Matrix L);

  /// M = diag(w). Throws InputError unless finite and >= 0.
  static Metric from_weights(Vector w);

  /// M = I.
  static Metric euclidean(Index d) { return from_weights(Vector::Ones(d)); }

  Form form() const { return form_; }

  /// d, the number of features.
  Index dims() const { return form_ == Form::weights ? weights_.size() : L_.cols(); }

  /// r, the number of coordinates of transformed rows: the rows of L, or the numerical rank of M (see factor_psd).
  Index rank() const { return form_ == Form::weights ? (weights_.array() > 0).count() : L_.rows(); }

  /// L, r x d; of a metric from_matrix, that of factor_psd. Computed on each call for weights.
  Matrix factor() const;

  /// Whether L is so small that M = L'L, its diagonal and its eigenvalues underflow to 0, although distances do not.
  bool squares_underflow() const;

  /// M, d x d. Computed on each call unless it is the form that was learned. Throws InputError if L is so small that
  /// M = L'L underflows; so does diagonal().
  SquareMatrix matrix() const;

  /// The diagonal of M: the weight of each feature on its own. No d x d memory.
  Vector diagonal() const;

  /// The metric whose distances are `times` those of this one, as a factor L. Throws InputError as from_factor does.
  Metric scaled(double times) const { return from_factor(factor() * times); }

  /// Z = X L', n x r: the rows in a space where the metric is Euclidean. X: n x d. The bits of a row of Z depend on
  /// that row alone, not on its place, its neighbours or the number of threads: equal rows stay equal. Throws
  /// InputError if X has another number of columns. Cost: 2 n r d.
  Matrix transform(const MatrixRef& X, const Threads& threads = Threads()) const;

 private:
  void check_columns(Index columns) const;
  void check_squares() const;

  Form form_ = Form::weights;
  SquareMatrix M_;  // empty unless form_ is matrix
  Matrix L_;        // empty if form_ is weights
  Vector weights_;
};

}  // namespace maha::metric
