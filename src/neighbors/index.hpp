#pragma once
/// Exact nearest-neighbour and range search, the engine of k-NN and LMNN.

#include <cmath>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "core/machine/parallel.hpp"
#include "core/machine/ranks.hpp"
#include "core/shared_rows.hpp"
#include "core/types.hpp"

namespace maha::neighbors {

struct TileKernel;  // neighbors/kernels/tile_kernel.hpp

/// The k nearest reference rows of each query, nearest first; at equal distance the lower row number comes first. Query
/// q has [q*k, (q+1)*k). Distances are squared. Where a square is out of range (infinity, or 0 although the rows
/// differ), the order is still that of the true distances.
struct NeighborLists {
  Index k = 0;
  std::vector<Index> index;
  std::vector<double> squared;
  std::vector<double> lengths{};  ///< the unsquared distances; empty unless some square is out of range

  double distance(std::size_t s) const { return lengths.empty() ? std::sqrt(squared[s]) : lengths[s]; }
};

/// The results of a range search for the queries first, first + 1, ..., first + size() - 1. Query first + q has
/// [start[q], start[q+1]), ordered by (squared, index).
struct RangeLists {
  Index first = 0;
  std::vector<Index> start{0};
  std::vector<Index> index;
  std::vector<double> squared;
  std::vector<double> lengths{};  ///< as in NeighborLists

  double distance(std::size_t s) const { return lengths.empty() ? std::sqrt(squared[s]) : lengths[s]; }
  Index size() const { return static_cast<Index>(start.size()) - 1; }
};

/// Receives the results, one block of queries after another, in the order of the queries, in the calling thread.
using RangeVisitor = std::function<void(const RangeLists& found)>;

/// A radius for all queries: a row counts if its distance, or squared distance, as rounded to a double, is at most
/// that.
struct Radius {
  double most = 0;
  bool is_squared = false;
};

/// Class ids of queries and reference rows: only rows of a class other than the query's count. Empty: all count.
struct UnlikeOnly {
  std::span<const int> queries{};
  std::span<const int> reference{};
};

/// Euclidean search over the rows of a matrix. It is exact: with squared_distance() (neighbors/distance.hpp) as the
/// distance of two rows, it finds what comparing every pair by the key (squared distance, row number) finds, on every
/// finite input, including duplicates and ties, with the same bits on any number of threads. Squares that overflow or
/// underflow are compared by their true size (linalg/wide_square.hpp); queries with such neighbours are compared with
/// all rows. For another metric, map the rows first (Metric::transform).
///
/// Memory: the reference rows, what the filters keep of each (docs/neighbors.md; at most about 850 bytes plus one byte
/// for each coordinate), and a few tiles a thread. Rows that are shared are not copied; where there is no memory for the
/// filters, every pair is compared. All functions throw InputError if a number is not finite, if sizes differ, or unless
/// 1 <= k <= n (leave-one-out: k <= n - 1).
class NeighborIndex {
 public:
  /// Takes the n x d reference rows. Throws UsageError if the environment variable MAHA_KERNEL (docs/neighbors.md)
  /// names a kernel that does not run here.
  explicit NeighborIndex(SharedRows reference, const Threads& threads = Threads());

  /// The same on this kernel, whatever MAHA_KERNEL says. Results do not depend on the kernel.
  NeighborIndex(SharedRows reference, const Threads& threads, const TileKernel& kernel);
  ~NeighborIndex();
  NeighborIndex(NeighborIndex&&) noexcept;
  NeighborIndex& operator=(NeighborIndex&&) noexcept;

  Index rows() const;
  const SharedRows& reference() const;

  /// The k nearest reference rows of each of the m x d queries.
  NeighborLists nearest(const MatrixRef& queries, Index k, const Threads& threads = Threads()) const;

  /// Leave-one-out: for each reference row the k nearest among the others. A row is never its own neighbour, but its
  /// duplicates may be.
  /// Of several ranks, all of which have all rows, each searches for some of them, and all get the same lists.
  NeighborLists nearest_other(Index k, const Threads& threads = Threads(), const Ranks& ranks = alone()) const;

  /// All reference rows with squared distance <= squared_radius[q] from query q (none if it is negative; infinity is
  /// allowed). Results are passed to `visit` after every few thousand queries, so that memory holds those of one block
  /// (at most some million pairs, or those of one query) and never all of them.
  void within(const MatrixRef& queries, std::span<const double> squared_radius, const RangeVisitor& visit,
              const UnlikeOnly& unlike = {}, const Threads& threads = Threads()) const;

  /// The same with one radius for all queries. It may have any size, and so may the distances.
  void within_radius(const MatrixRef& queries, const Radius& radius, const RangeVisitor& visit,
                     const Threads& threads = Threads()) const;
  void within_radius_of_others(const Radius& radius, const RangeVisitor& visit,
                               const Threads& threads = Threads()) const;

  /// The same for every reference row against the others, each with its own squared radius. With `labels`, only rows of
  /// a class other than the row's own. This is LMNN's impostor search. Of several ranks, all of which have all rows,
  /// each searches for some of every block of queries, and all visit the same.
  void within_other(std::span<const double> squared_radius, const RangeVisitor& visit, std::span<const int> labels = {},
                    const Threads& threads = Threads(), const Ranks& ranks = alone()) const;

 private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace maha::neighbors
