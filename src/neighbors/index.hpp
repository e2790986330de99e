#pragma once
/// Exact nearest-neighbour and range search: the one hot engine under k-NN and LMNN.

#include <cmath>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "core/parallel.hpp"
#include "core/types.hpp"

namespace maha {

struct TileKernel;  // neighbors/kernels/tile_kernel.hpp

/// The k nearest reference rows of each query, nearest first; at equal distance the lower row number comes first.
/// Query q has [q*k, (q+1)*k). Distances are squared; where a square is beyond the doubles (infinity, or 0 though the
/// rows differ) the order is that of the true distances all the same.
struct NeighborLists {
  Index k = 0;
  std::vector<Index> index;
  std::vector<double> squared;
  std::vector<double> lengths{};  ///< the distances themselves; empty unless some square is beyond the doubles

  double distance(std::size_t s) const { return lengths.empty() ? std::sqrt(squared[s]) : lengths[s]; }
};

/// What range search found for the consecutive queries first, first + 1, ..., first + size() - 1. Query first + q has
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

/// Is handed what was found, block of queries by block, in the order of the queries, in the thread that called.
using RangeVisitor = std::function<void(const RangeLists& found)>;

/// A radius for all queries: a row counts if its distance, or the square of it, is at most that as it is written.
struct Radius {
  double most = 0;
  bool is_squared = false;
};

/// Class ids of queries and reference rows: only rows of another class than the query's count. Empty: all count.
struct UnlikeOnly {
  std::span<const int> queries{};
  std::span<const int> reference{};
};

/// Euclidean search over the rows of a matrix, exact in this sense: the distance of two rows is squared_distance()
/// (neighbors/distance.hpp), and what is found is what comparing every pair by the key (squared distance, row number)
/// finds, on every finite input, duplicates and ties included; the same bits on any number of threads. Squares that
/// overflow or underflow are compared by their true size (linalg/wide_square.hpp), at the cost of going over all rows
/// for the queries that have such neighbours. For another metric, map the rows first (Metric::transform).
///
/// Memory: the reference rows, what the filters keep of each (docs/neighbors.md; at most about 850 bytes and a byte for
/// each coordinate), and a few tiles a thread. Everything throws InputError if a number is not finite, if
/// sizes differ, or unless 1 <= k <= n (leave-one-out: k <= n - 1).
class NeighborIndex {
 public:
  /// Keeps the n x d reference rows (moved in where the caller lets them go). Throws UsageError if the environment's
  /// MAHA_KERNEL (docs/neighbors.md) names a kernel that does not run here.
  explicit NeighborIndex(Matrix reference, const Threads& threads = Threads());

  /// The same on this kernel, whatever MAHA_KERNEL says. What is found does not depend on it.
  NeighborIndex(Matrix reference, const Threads& threads, const TileKernel& kernel);
  ~NeighborIndex();
  NeighborIndex(NeighborIndex&&) noexcept;
  NeighborIndex& operator=(NeighborIndex&&) noexcept;

  Index rows() const;
  const Matrix& reference() const;

  /// The k nearest reference rows of each of the m x d queries.
  NeighborLists nearest(const MatrixRef& queries, Index k, const Threads& threads = Threads()) const;

  /// Leave-one-out: the k nearest of each reference row among the others. A row is never its own neighbour, its
  /// duplicates are.
  NeighborLists nearest_other(Index k, const Threads& threads = Threads()) const;

  /// All reference rows with squared distance <= squared_radius[q] of query q (none if it is negative; infinity is
  /// allowed). What has been found is handed over whenever some thousand queries are done, so that memory holds a
  /// block's findings (at most some million pairs, or those of one query) and never all of them.
  void within(const MatrixRef& queries, std::span<const double> squared_radius, const RangeVisitor& visit,
              const UnlikeOnly& unlike = {}, const Threads& threads = Threads()) const;

  /// The same with one radius for all, which may be of any size, as the distances may.
  void within_radius(const MatrixRef& queries, const Radius& radius, const RangeVisitor& visit,
                     const Threads& threads = Threads()) const;
  void within_radius_of_others(const Radius& radius, const RangeVisitor& visit,
                               const Threads& threads = Threads()) const;

  /// The same for every reference row against the others, each with its own squared radius; `labels` (or none): only
  /// rows of another class than the row's own. This is LMNN's impostor search.
  void within_other(std::span<const double> squared_radius, const RangeVisitor& visit, std::span<const int> labels = {},
                    const Threads& threads = Threads()) const;

 private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace maha
