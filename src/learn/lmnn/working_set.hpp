#pragma once
/// A working set of bounded size, filled by a pass over all triplets.

#include "learn/lmnn/problem.hpp"
#include "neighbors/index.hpp"

namespace maha::lmnn {

/// Of triplets, each with its hinge: how often a target has a part in them; of how many pairs a row is a part, each as
/// often as it has hinges; and, of each row i, the sum of the rows z_l of its impostors, each as often.
struct LinearWeights {
  Vector target, degree;
  Matrix others;  ///< n x d
  Index triplets = 0;
};
LinearPart linear_part(const Problem& problem, const Cone& cone, LinearWeights weights);

/// Takes what a range search finds, row by row, and keeps the pairs (i, l) that matter most: those whose distance is
/// nearest to one where a hinge of theirs begins, 1 + d_ij. When there are more than there is room for, half as many
/// stay, the nearest: of the others, those with a positive hinge go into the linear part. Which ones does not depend on
/// threads.
class WorkingSet {
 public:
  /// `squared`: the distances of the targets.
  WorkingSet(const Problem& problem, const Vector& squared, const Cone& cone, const Room& room);

  /// The pairs of the next rows, with d_il up to u_i + sigma.
  void add(const RangeLists& found, const Threads& threads);

  /// What the pass has found, when all rows have been added.
  FullPass finish();

 private:
  /// The triplets of the pair (i, l) with a positive hinge, and how far d_il is from the next 1 + d_ij.
  struct Seen {
    Index hinges;
    double sum, distance;
  };
  Seen look_at(Index i, double squared) const;
  void sort_out(const RangeLists& found, bool fresh, const Threads& threads);
  void settle(Index i, Index l, double squared, Index hinges);
  void shrink(const Threads& threads);

  const Problem& problem_;
  const Vector& target_;
  const Cone& cone_;
  const Room room_;
  FullPass pass_;
  std::vector<double> squared_;  // of the pairs that are held
  double farthest_;              // a pair is kept only if it is nearer to one of its hinges
  LinearWeights linear_;         // of those that are not kept
};

}  // namespace maha::lmnn
