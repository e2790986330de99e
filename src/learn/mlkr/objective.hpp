#pragma once

#include "core/machine/parallel.hpp"
#include "core/types.hpp"

namespace maha::learn::mlkr {

/// The error of kernel regression when each row is left out, over fixed rows and targets.
class LeaveOneOut {
 public:
  /// Z: n x q, about their mean; y: n. Both must outlive this. n >= 2.
  LeaveOneOut(const Matrix& Z, const Vector& y, const Threads& threads) : Z_(Z), y_(y), threads_(threads) {}

  /// sum_i (yhat_i - y_i)^2 / n for A, r x q. Infinite where distances overflow.
  double value(const Matrix& A) const;

  /// The same, and its derivative by A.
  double value(const Matrix& A, Matrix& gradient) const;

 private:
  const Matrix& Z_;
  const Vector& y_;
  const Threads& threads_;
};

}  // namespace maha::learn::mlkr
