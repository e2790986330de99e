#pragma once

#include "core/types.hpp"
#include "linalg/rounding.hpp"

namespace maha::learn::logdet {

constexpr double kEqual = 16 * linalg::kUnitRoundoff;  ///< relative to a distance: an excess that may be rounding alone

/// A convex function of the squared distances p of pairs that is once differentiable, at least 0, and takes no part of
/// pairs for which it is flat. A number for each pair, everywhere.
class PairLoss {
 public:
  PairLoss() = default;
  virtual ~PairLoss() = default;
  PairLoss(const PairLoss&) = delete;
  PairLoss& operator=(const PairLoss&) = delete;

  /// Its value at p. Sets `active` to 1 for the pairs that have a part in it, to 0 for the others.
  virtual double value(const Vector& p, Vector& active) const = 0;

  /// gamma times its gradient, and gamma times its Hessian times `dp`; both 0 where it is flat.
  virtual Vector gradient(double gamma, const Vector& p, const Vector& active) const = 0;
  virtual Vector hessian_times(double gamma, const Vector& p, const Vector& active, const Vector& dp) const = 0;

  /// What proves a bound: the minimum over all p of gamma times it - c'p, where c is a gradient at gamma or a smaller
  /// one, and the sum of the absolute values of its terms.
  struct DualTerm {
    double value = 0, size = 0;
  };
  virtual DualTerm dual_term(double gamma, const Vector& c) const = 0;
};

}  // namespace maha::learn::logdet
