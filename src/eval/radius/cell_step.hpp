#pragma once

#include <vector>

#include "core/types.hpp"

namespace maha::eval {

/// The shortest step w from a query q into the cell of a row b among other rows a: where b is no farther than any of
/// them. With n_a = a - b and h_a = (|a - q|^2 - |b - q|^2) / 2 it is the quadratic program
///   minimise |w|^2 / 2  subject to  n_a'w <= h_a for all a ,
/// whose dual is to maximise -|sum_a l_a n_a|^2 / 2 - sum_a l_a h_a over l >= 0; w = -sum_a l_a n_a. Every l >= 0, of
/// any of the rows, bounds |w| from below. Rows are entered one by one, the one that w violates most first: the
/// active-set method of Lawson & Hanson for least distances (Solving Least Squares Problems, 1974, chapter 23), in its
/// dual form. Only rows with l_a > 0 are kept.
class CellStep {
 public:
  /// A row that holds the step back, with its l.
  struct Active {
    Index row;
    RowVector normal;
    double limit, weight;
  };

  explicit CellStep(Index dims) : step_(RowVector::Zero(dims)) {}

  /// Enters a row that w violates, n'w > h, and moves w to the optimum for the rows that are kept with it. False if
  /// that leads nowhere, as where it is kept already: it is violated by no more than rounding.
  bool enter(Index row, const RowVector& normal, double limit);

  /// Whether a row is kept.
  bool holds(Index row) const;

  const RowVector& step() const { return step_; }
  const std::vector<Active>& active() const { return active_; }

  /// A number that |w| does not lie below, whatever rounding has done to it: from the dual.
  double length() const;

 private:
  void improve();
  void move();

  std::vector<Active> active_;
  RowVector step_;
};

}  // namespace maha::eval
