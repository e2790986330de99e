#pragma once

#include <string>
#include <vector>

#include "core/parallel.hpp"
#include "core/types.hpp"

namespace maha {

/// A Mahalanobis metric over d features: squared distance (x - y)' M (x - y) = |L(x - y)|^2, M = L'L positive
/// semidefinite. It keeps what was learned, M or L, so that a model is written as it was made; L is at hand in either
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

  /// M as computed somewhere, by numpy say. What rounding did to it is put right, with a line of text in `notes`: an
  /// asymmetry up to 1e-8 sqrt(M_ii M_jj) is averaged away; an eigenvalue of M scaled to unit diagonal in
  /// [-1e-8, 0) times the largest one is clipped. Beyond that, or if M is not square or not finite, throws InputError
  /// that names the entry, rows and columns counted from 1. Cost: that of factor_psd.
  static Metric from_matrix(const SquareMatrix& M, std::vector<std::string>* notes = nullptr);

  /// M = L'L, L: r x d. Without rows that is M = 0, which is kept as weights of 0: a form that every reader and writer
  /// has. Throws InputError unless finite with at least one column.
  static Metric from_factor(Matrix L);

  /// M = diag(w). Throws InputError unless finite and >= 0.
  static Metric from_weights(Vector w);

  /// M = I.
  static Metric euclidean(Index d) { return from_weights(Vector::Ones(d)); }

  Form form() const { return form_; }

  /// d, the number of features.
  Index dims() const { return form_ == Form::weights ? weights_.size() : L_.cols(); }

  /// r, the number of coordinates of transformed rows: the rows of L; of M, its numerical rank (see factor_psd).
  Index rank() const { return form_ == Form::weights ? (weights_.array() > 0).count() : L_.rows(); }

  /// L, r x d; from_matrix makes it by factor_psd. Made anew for weights.
  Matrix factor() const;

  /// Whether L is so small that M = L'L, and its diagonal and eigenvalues, are 0 to doubles: the distances are not.
  bool squares_underflow() const;

  /// M, d x d. Made anew unless it is what was learned. Throws InputError where L is so small that M = L'L is 0 to
  /// doubles, as diagonal() does.
  SquareMatrix matrix() const;

  /// The diagonal of M: the weight of each feature on its own. No d x d memory.
  Vector diagonal() const;

  /// The metric whose distances are those of this one times `times`, as the factor L. Throws InputError as from_factor.
  Metric scaled(double times) const { return from_factor(factor() * times); }

  /// Z = X L', n x r: rows in a space where the metric is the Euclidean one. X: n x d. The bits of a row of Z depend on
  /// that row alone, not on its place, on its neighbours or on the number of threads: equal rows stay equal.
  /// Throws InputError if X has another number of columns. Cost: 2 n r d.
  Matrix transform(const MatrixRef& X, const Threads& threads = Threads()) const;

 private:
  void check_columns(Index columns) const;
  void check_squares() const;

  Form form_ = Form::weights;
  SquareMatrix M_;  // empty unless form_ is matrix
  Matrix L_;        // empty if form_ is weights
  Vector weights_;
};

}  // namespace maha
