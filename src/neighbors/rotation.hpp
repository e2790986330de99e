#pragma once
/// Coordinates in which most of a distance comes first.
///
///   z(x) = scale (x - centre),   alpha(x) = (V'z, |z - VV'z|),   |alpha(q) - alpha(x)| <= |z(q) - z(x)|
///
/// with V the leading principal axes of a sample of the reference rows: the projection onto span(V) shortens a
/// distance, and the norms of what is left differ by at most the distance of what is left. Two lengths are kept: a
/// short alpha (kShort axes) that every pair is compared by, and a long one for the pairs that it cannot rule out.

#include "core/parallel.hpp"
#include "core/types.hpp"

namespace maha {

using FloatMatrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Rows mapped: row i of each belongs to row i of what was mapped.
struct MappedRows {
  Matrix coarse;     ///< n x coarse_width, the short alpha in float64
  FloatMatrix fine;  ///< n x fine_width (padded by zeros to a multiple of 16), the long alpha; n x 0 if not needed
  Vector norm;       ///< |z|, computed
};

class Rotation {
 public:
  /// Axes from a sample of at most some thousand rows of X, all of |x| <= largest. Cost O(sample * d * axes).
  Rotation(const MatrixRef& X, double largest);

  /// False if the rows are out of the range in which scaled coordinates can be trusted not to overflow.
  bool usable() const { return usable_; }

  double scale() const { return scale_; }
  Index dims() const { return centre_.size(); }
  Index coarse_width() const { return coarse_axes_ + (coarse_axes_ < dims() ? 1 : 0); }
  bool has_fine() const { return fine_axes_ > coarse_axes_; }

  /// |alpha^ - alpha| <= coarse_error() |z|, the same for the fine one in float64 (rounded to float32 it has
  /// kUnit32 |z| more).
  double coarse_error() const { return coarse_error_; }
  double fine_error() const { return fine_error_; }

  /// Maps rows; norms beyond kFarthest (or not finite) tell rows that no filter may judge.
  MappedRows map(const MatrixRef& rows, const Threads& threads) const;

  static constexpr double kFarthest = 0x1p40;

 private:
  void map_tile(const MatrixRef& rows, Index begin, Index end, MappedRows& mapped) const;
  void set_errors();

  bool usable_ = false;
  double scale_ = 1;
  RowVector centre_;
  SquareMatrix axes_;  // d x fine_axes_
  Index coarse_axes_ = 0, fine_axes_ = 0;
  double coarse_error_ = 0, fine_error_ = 0;
};

}  // namespace maha
