#pragma once
/// Coordinates in which most of a distance comes first.
///
///   z(x) = scale (x - centre),   alpha(x) = (G'z, |z - GG'z|),   |alpha(q) - alpha(x)| <= |z(q) - z(x)|
///
/// with G the leading principal axes of a sample of the reference rows: the projection onto span(G) shortens a
/// distance, and the norms of what is left differ by at most the distance of what is left. Two lengths are kept: a
/// coarse alpha that every pair is compared by, and a fine one for the pairs that it cannot rule out.

#include <vector>

#include "core/parallel.hpp"
#include "core/types.hpp"
#include "neighbors/projection.hpp"

namespace maha {

using FloatMatrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Rows mapped: row i of each belongs to row i of what was mapped.
struct MappedRows {
  Matrix coarse;        ///< n x coarse_width, the coarse alpha in float64
  FloatMatrix fine;     ///< n x fine width (zeros up to a multiple of 16), the fine alpha; n x 0 if not needed
  Vector norm;          ///< |z|, computed
  Vector coarse_error;  ///< >= |coarse - alpha|
  Vector fine_error;    ///< >= |fine - alpha|
  std::vector<Index> fine_place{};  ///< which row of `fine` is row i's; empty: row i
};

class Rotation {
 public:
  /// Axes from a sample of the rows of X, all of |x_c| <= largest. Cost O(sample * d * axes).
  Rotation(const MatrixRef& X, double largest);

  /// False if the rows are out of the range in which scaled coordinates can be trusted not to overflow.
  bool usable() const { return usable_; }

  double scale() const { return scale_; }
  Index dims() const { return centre_.size(); }
  Index coarse_width() const { return coarse_axes_ + (coarse_axes_ < dims() ? 1 : 0); }

  MappedRows map(const MatrixRef& rows, const Threads& threads) const;

  /// Rows of a norm beyond this (or none) are no matter for a filter.
  static constexpr double kFarthest = 0x1p40;

 private:
  bool has_fine() const { return fine_axes_ > coarse_axes_; }
  void map_tile(const MatrixRef& rows, Index begin, Index end, MappedRows& mapped) const;

  bool usable_ = false;
  double scale_ = 1;
  RowVector centre_;
  Projection project_;
  Index coarse_axes_ = 0, fine_axes_ = 0;
};

}  // namespace maha
