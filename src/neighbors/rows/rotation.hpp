#pragma once
/// Coordinates in which the first few hold most of a distance.
///
///   z(x) = scale (x - centre),   alpha(x) = (G'z, |z - GG'z|),   |alpha(q) - alpha(x)| <= |z(q) - z(x)|
///
/// with G the leading principal axes of a sample of the reference rows. The inequality holds because the projection
/// onto span(G) shortens distances, and the norms of what it leaves out differ by at most the distance of what it
/// leaves out. alpha is kept in two lengths: a coarse one for blocks and boxes, and a fine one. If the fine one leaves
/// something out too, z itself is kept in bytes.

#include <vector>

#include "core/machine/large_array.hpp"
#include "core/machine/parallel.hpp"
#include "core/types.hpp"
#include "neighbors/rows/byte_rows.hpp"
#include "neighbors/rows/projection.hpp"

namespace maha::neighbors {

/// Mapped rows: row i of each belongs to row i of the rows that were mapped.
struct MappedRows {
  LargeMatrix<double> coarse;  ///< n x coarse_width, the coarse alpha in float64
  LargeMatrix<float> fine;     ///< n x fine width (zeros up to a multiple of 16), the fine alpha; n x 0 if not needed
  ByteRows bytes;              ///< z itself, if the fine alpha leaves some of it out; otherwise empty
  Vector norm;                 ///< |z|, computed
  Vector coarse_error;         ///< >= |coarse - alpha|
  Vector fine_error;           ///< >= |fine - alpha|
};

class Rotation {
 public:
  /// Finds axes from a sample of the rows of X, all with |x_c| <= largest. Cost: O(sample * d * axes). Rows are
  /// projected with this kernel.
  Rotation(const MatrixRef& X, double largest, const TileKernel& kernel);

  /// False if scaled coordinates might overflow or underflow, or if rows are too long for ByteRows.
  bool usable() const { return usable_; }

  double scale() const { return scale_; }
  Index dims() const { return centre_.size(); }
  Index coarse_width() const { return coarse_axes_ + (coarse_axes_ < dims() ? 1 : 0); }

  MappedRows map(const MatrixRef& rows, const Threads& threads) const;

  /// Rows with a norm beyond this (or NaN) cannot be judged by a filter.
  static constexpr double kFarthest = 0x1p40;

 private:
  bool has_fine() const { return fine_axes_ > coarse_axes_; }
  bool has_bytes() const { return has_fine() && fine_axes_ < dims(); }
  void map_tile(const MatrixRef& rows, Index begin, Index end, MappedRows& mapped) const;
  Matrix project(const MatrixRef& rows, Index begin, MappedRows& mapped, Vector& squared) const;

  bool usable_ = false;
  double scale_ = 1;
  double byte_step_ = 0;
  RowVector centre_;
  Projection project_;
  Index coarse_axes_ = 0, fine_axes_ = 0;
};

}  // namespace maha::neighbors
