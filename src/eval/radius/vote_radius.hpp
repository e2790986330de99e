#pragma once
/// How far a query can be moved without another class being elected. The theorem and its proof are in
/// docs/maha-explain.md.

#include <limits>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "eval/knn/knn_classifier.hpp"
#include "neighbors/index.hpp"

namespace maha::eval {

/// Of one query, whose class is c.
struct VoteRadius {
  /// Every point nearer to the query than this elects c too; infinity if all points do. Rounded down by what rounding
  /// can do to the distances that decide.
  double radius = std::numeric_limits<double>::infinity();

  /// The nearest row of another class, -1 if there is none, and its squared distance.
  Index other = -1;
  double other_squared = 0;

  /// With k = 1, where the radius is attained: the row that is nearest from there on, -1 if there is none, and the step
  /// to that place, sum of weight (z_rival - z_row) over these rows of class c.
  Index rival = -1;
  std::vector<std::pair<Index, double>> step{};
};

/// The radii of the votes of k rows, among n x d rows Z with classes y. Let s(a, b) be the distance of a query q to the
/// plane half-way between a and b, (|q-b|^2 - |q-a|^2) / (2 |a-b|), or 0 if b is the nearer, and g_t(b) the (t+1)-th
/// largest s(a, b) over the rows a of class c that are nearest to q, 15 more than needed. Then
///   radius = min over other classes e and p of the p-th smallest g_t(b) over the rows b of e,
///   ceil(k / classes) <= p <= k/2 + 1,  t = min(p - 1, k - p), or min(p, k - p) if e wins a tie against c:
/// a lower bound. For k = 1 it is exact: the least distance of q to a cell of a b among all rows of class c (CellStep).
class VoteRadii {
 public:
  /// Keeps references to the index, of the rows Z, and to y. Throws InputError for Votes::weighted, unless y has a class
  /// >= 0 for each row, and unless 1 <= k <= n. Memory: a second index.
  VoteRadii(const neighbors::NeighborIndex& index, const Labels& y, Index k, Votes votes,
            const Threads& threads = Threads());
  ~VoteRadii();

  /// For m queries and the classes that were elected for them. self: of each query the row that it is itself and that
  /// does not count, or nothing. Throws InputError where a squared distance is out of range.
  std::vector<VoteRadius> of(const MatrixRef& queries, const Labels& elected, std::span<const Index> self = {},
                             const Threads& threads = Threads()) const;

 private:
  class Search;
  std::unique_ptr<Search> search_;
};

}  // namespace maha::eval
