#pragma once
/// The triplets of classes: targets and all rows of other classes, with an exact search for impostors.

#include <span>

#include "learn/lmnn_problem.hpp"

namespace maha::lmnn {

/// Triplets (i, j, l) with j a target of i and y_l != y_i. They are never listed: a full pass is one range search, and
/// working sets hold about three times the pairs with positive hinges.
class NeighborProblem final : public Problem {
 public:
  /// Keeps a reference to y.
  NeighborProblem(std::span<const int> y, RowLists targets, double mu) : Problem(std::move(targets), mu), y_(y) {}

  FullPass full_pass(const Point& point, double sigma, const Threads& threads) const override;
  double first_sigma(const Point& point, const Threads& threads) const override;
  double next_sigma(const Pairs& pairs, const PairValues& squared, double last) const override;
  Margins margins(const Point& point, const Threads& threads) const override;
  RowLists nearest_impostors(const Matrix& P, const Threads& threads) const override;

 private:
  /// Squared distances between some rows, at most 3000, and some others, at even steps: with few rows, all of them.
  struct Sample {
    std::vector<Index> rows, others;
    Matrix squared;  ///< rows x others; infinity between rows of one class
    double weight;   ///< the pairs that each of them stands for
  };
  Sample sample_pairs(const Point& point, const Threads& threads) const;

  std::span<const int> y_;
};

}  // namespace maha::lmnn
