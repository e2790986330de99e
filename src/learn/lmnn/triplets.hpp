#pragma once
/// Triplets that are given as a list.

#include "core/triplets.hpp"
#include "learn/lmnn/problem/problem.hpp"

namespace maha::learn::lmnn {

/// The triplets of a list, in any order. Targets are its distinct pairs (anchor, near); each triplet counts as often as
/// it is listed. The working set is the whole list.
class TripletProblem final : public Problem {
 public:
  /// Of rows in [0, n), at least one triplet.
  TripletProblem(Triplets triplets, Index n, double mu) : TripletProblem(listed(std::move(triplets), n), mu) {}

  FullPass full_pass(const Point& point, double sigma, const Cone& cone, const Run& run) const override;
  LinearPart all_triplets(const Cone& cone) const override;
  std::vector<RowMultiplier> all_multipliers() const override;
  double first_sigma(const Point&, const Threads&) const override { return 0; }
  double next_sigma(const MeasuredPairs&, const PairValues&, double) const override { return 0; }
  Margins margins(const Point& point, const Threads& threads) const override;
  RowLists nearest_impostors(const Matrix& P, const Threads& threads) const override;

 private:
  explicit TripletProblem(MeasuredPairs pairs, double mu) : Problem(pairs.targets, mu), pairs_(std::move(pairs)) {}
  static MeasuredPairs listed(Triplets triplets, Index n);

  MeasuredPairs pairs_;
};

}  // namespace maha::learn::lmnn
