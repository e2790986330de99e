#pragma once

#include <vector>

#include "core/types.hpp"
#include "linalg/exact/dyadic.hpp"
#include "linalg/scatter.hpp"

namespace maha::linalg {

/// Sums over rows, or over differences of rows, which add up without rounding: those of two sets of rows, added, are
/// those of both, in any order and grouping, and subtracted they leave what was added before. What is rounded is the
/// scatter of each part when it is summed up (linalg/scatter.hpp); by how much at most is kept as well.
struct ScatterSums {
  Index rows = 0;                ///< their number n
  std::vector<Dyadic> sum;       ///< d: sum x_a; empty for differences, whose scatter is about 0
  std::vector<Dyadic> products;  ///< d (d + 1) / 2: sum x_a x_b for b <= a, row by row
  std::vector<Dyadic> rounded;   ///< d: sums of squares that were rounded: those of all parts, each about its own mean

  Index dims() const { return static_cast<Index>(rounded.size()); }

  /// Both of as many features, and both of rows or of differences.
  ScatterSums& operator+=(const ScatterSums& part);

  /// Rows that were added leave what there was before; the rounding that others have had a part in stays, and theirs
  /// comes to it.
  void take_away(const ScatterSums& part, bool were_added);

  friend bool operator==(const ScatterSums&, const ScatterSums&) = default;

  /// Entry (a, b), b <= a, of the scatter about the mean, or about 0 for differences; rounded once.
  double scatter(Index a, Index b) const;

  /// d x d, both triangles.
  SquareMatrix scatter() const;

  /// d: what rounding may have done to its diagonal, by an estimate that is rarely exceeded.
  Vector rounding() const;
};

/// Roundings of a sum of squares: a block's 256 are added one after another, each to a sum that rounds it. To and fro,
/// that comes to 16 or so.
inline constexpr double kRoundingsOfSquares = 64;

/// Of all rows of these parts, at least one.
ScatterSums sum_of(const std::vector<const ScatterSums*>& parts);

/// Of no rows, to which others are added.
ScatterSums no_rows(Index dims);

/// The sums of columns to twice the digits of a double: each addition keeps what it rounds off (Knuth's TwoSum; Ogita,
/// Rump & Oishi, SIAM J. Sci. Comput. 26:1955-1988, 2005, algorithm 4.4). They do not depend on how rows are cut.
class ColumnSums {
 public:
  explicit ColumnSums(Index dims) : high_(RowVector::Zero(dims)), low_(RowVector::Zero(dims)) {}

  void add(const MatrixRef& X);

  std::vector<Dyadic> sums() const;
  bool finite() const { return high_.allFinite() && low_.allFinite(); }

 private:
  RowVector high_, low_;
};

/// Of rows that have these moments, in one group, and these sums. Every number must be finite.
ScatterSums sums_of(const Moments& moments, const ColumnSums& columns);

/// Of differences whose products add up to this matrix.
ScatterSums sums_of_differences(Index count, const SquareMatrix& scatter);

/// The moments of groups, each of some rows, about one origin: the mean of all rows. The scatter is pooled, from
/// entries of each group that are rounded once. The least and largest values are not known: in their places stand the
/// mean less and plus a standard deviation.
Moments moments_of(const std::vector<const ScatterSums*>& groups);

/// Sets what follows from the scatter and the means: squares, and what stands for the least and largest values.
void set_squares(Moments& moments);

/// Whether the numbers are those of differences.
inline bool of_differences(const ScatterSums& sums) { return sums.sum.empty(); }

}  // namespace maha::linalg
