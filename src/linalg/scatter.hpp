#pragma once

#include <optional>
#include <vector>

#include "core/machine/parallel.hpp"
#include "core/types.hpp"

namespace maha::linalg {

/// Which moments of a stream of rows are summed up.
enum class MomentOrder {
  variances,  ///< means and variances: memory O(d)
  scatter,    ///< also the d x d scatter
  fourth,     ///< also the fourth moments that Ledoit-Wolf shrinkage needs, two more d x d; for one group only
};

/// The moments of n rows in C groups, each group about its own mean; C = 1 without groups. Sums are over all rows, y
/// being a row minus the mean of its group.
struct Moments {
  RowVector origin;            ///< d: the first row; means are relative to it, so that a large offset costs no digits
  std::vector<Index> count;    ///< C: rows of each group
  Matrix mean;                 ///< C x d: mean of each group, minus origin
  RowVector low, high;         ///< d: least and largest value
  RowVector squares;           ///< d: sum y_a^2
  SquareMatrix scatter;        ///< d x d: sum y_a y_b, symmetric
  SquareMatrix third, fourth;  ///< d x d: sum y_a^2 y_b, sum y_a^2 y_b^2 (lower triangle)

  Index dims() const { return origin.size(); }
  Index rows() const;
  Index groups() const { return static_cast<Index>(count.size()); }

  /// d: the mean of all rows, minus origin.
  RowVector total_mean() const;

  /// C x d: rows sqrt(count_c) (mean_c - total_mean). Its Gram matrix is the scatter between groups: added to the
  /// pooled scatter, it gives the scatter of all rows about their common mean.
  Matrix between() const;

  /// d: sum over all rows of (x_a - mean of all rows)^2.
  RowVector total_squares() const { return squares + between().colwise().squaredNorm(); }

  /// d x d: the scatter of all rows about their common mean.
  SquareMatrix total_scatter() const;
};

/// The moments of groups that were summed up separately, as if they came from one stream. Sums are added in the order
/// of the groups.
Moments pool_groups(const std::vector<Moments>& groups);

/// Moments of rows that are seen once. Rows are taken relative to the first one of their group and summed up in blocks
/// of 256 about the block's own means; the blocks are merged pairwise in a fixed binary tree (Chan, Golub & LeVeque,
/// Am. Stat. 37:242-247, 1983). So the result keeps nearly all digits at any offset, and its bits depend neither on how
/// the stream was cut nor on the number of threads. Memory: O(log n) blocks' moments. Cost: d^2 multiply-adds a row,
/// three times that for fourth moments.
class MomentStream {
 public:
  MomentStream(Index d, MomentOrder order, const Threads& threads = Threads());

  /// Adds rows (n x d), each of the group 0, 1, ... that the list gives; an empty list puts all into group 0. A new
  /// group may appear at any time but must have the next number. Throws InputError if sizes differ, or for groups with
  /// fourth moments.
  void add(const MatrixRef& rows, const Labels& groups = {});

  /// The moments of all rows so far. Throws InputError if there are none.
  Moments finish();

 private:
  void open_groups(const Labels& groups, const MatrixRef& rows);
  Moments block(Index begin, Index end) const;
  void flush();
  void push(Moments block);

  Index d_;
  MomentOrder order_;
  Threads threads_;
  Matrix buffer_;  // as many whole blocks as are summed up at a time
  Labels buffer_groups_;
  Index filled_ = 0;                          // rows of the buffer
  Matrix shift_;                              // C x d: the first row of each group
  std::vector<std::optional<Moments>> tree_;  // at level l: nothing, or 2^l blocks
};

/// The moments of the rows of X (n x d), as one group.
Moments moments_of(const MatrixRef& X, MomentOrder order, const Threads& threads);

}  // namespace maha::linalg
