#pragma once
/// A working set of bounded size, filled during a pass over all triplets.

#include "learn/lmnn/problem/problem.hpp"
#include "neighbors/index.hpp"

namespace maha::learn::lmnn {

/// Counts over triplets with a positive hinge, each pair counted once for every such triplet that has it.
struct LinearWeights {
  Vector target;  ///< for each target, the number of its triplets
  Vector degree;  ///< n: for each row, the number of its pairs (i, l), as i or as l
  Matrix others;  ///< n x d: for each row i, the sum of the rows z_l of its impostors
  Index triplets = 0;
};
LinearPart linear_part(const Problem& problem, const Cone& cone, LinearWeights weights);

/// Takes the results of a range search row by row and keeps the pairs (i, l) that matter most: those whose distance is
/// nearest to the corner of one of their hinges, 1 + d_ij. Whenever they outgrow the room, only the nearest half of it
/// stays; pairs with a positive hinge among the others go into the linear part. The choice does not depend on threads.
class WorkingSet {
 public:
  /// `squared`: the distances of the targets.
  WorkingSet(const Problem& problem, const Vector& squared, const Cone& cone, const Room& room);

  /// The pairs of the next rows, with d_il up to u_i + sigma.
  void add(const neighbors::RangeLists& found, const Threads& threads);

  /// The result of the pass, after all rows have been added.
  FullPass finish();

 private:
  /// For the pair (i, l): its positive hinges, their sum, and the distance of d_il from the nearest corner 1 + d_ij.
  struct Seen {
    Index hinges;
    double sum, distance;
  };
  Seen look_at(Index i, double squared) const;
  void sort_out(const neighbors::RangeLists& found, bool fresh, const Threads& threads);
  void settle(Index i, Index l, double squared, Index hinges);
  void shrink(const Threads& threads);

  const Problem& problem_;
  const Vector& target_;
  const Cone& cone_;
  const Room room_;
  FullPass pass_;
  std::vector<double> squared_;  // squared distances of the kept pairs
  double farthest_;              // a pair is kept only if it is nearer than this to the corner of a hinge
  LinearWeights linear_;         // of the pairs that are not kept
};

}  // namespace maha::learn::lmnn
