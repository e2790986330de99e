#pragma once
/// The triplets of labelled rows: targets and all rows of other classes, with an exact search for impostors.

#include <span>

#include "learn/lmnn/problem/problem.hpp"

namespace maha::learn::lmnn {

/// Triplets (i, j, l) with j a target of i and y_l != y_i, for all rows i or those of a sample. They are never listed:
/// a full pass is one range search. Working sets hold about three times as many pairs as have positive hinges, if there
/// is room.
class NeighborProblem final : public Problem {
 public:
  /// Keeps a reference to y.
  NeighborProblem(std::span<const int> y, RowLists targets, double mu, const Room& room = {},
                  std::vector<Index> anchors = {})
      : Problem(std::move(targets), mu), y_(y), room_(room), anchors_(std::move(anchors)) {}

  FullPass full_pass(const Point& point, double sigma, const Cone& cone, const Run& run) const override;
  LinearPart all_triplets(const Cone& cone) const override;
  std::unique_ptr<Problem> sample() const override;
  std::vector<RowMultiplier> all_multipliers() const override;
  double first_sigma(const Point& point, const Threads& threads) const override;
  double next_sigma(const MeasuredPairs& pairs, const PairValues& squared, double last) const override;
  Margins margins(const Point& point, const Threads& threads) const override;
  RowLists nearest_impostors(const Matrix& P, const Threads& threads) const override;

 private:
  /// Squared distances between some rows, at most 3000, and some others, both at even steps; all rows if there are few.
  struct Sample {
    std::vector<Index> rows, others;
    Matrix squared;  ///< rows x others; infinity between rows of one class
    double weight;   ///< the number of pairs that each of them stands for
  };
  Sample sample_pairs(const Point& point, const Threads& threads) const;
  FullPass at_zero(const Cone& cone) const;
  Index anchors() const { return anchors_.empty() ? targets().rows() : static_cast<Index>(anchors_.size()); }

  std::span<const int> y_;
  Room room_;
  std::vector<Index> anchors_;  // the rows i; empty: all
};

}  // namespace maha::learn::lmnn
