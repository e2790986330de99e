#pragma once
/// Losses of squared distances that are convex in M, and what proves how low one can be with its ridge.

#include "core/checkpoint.hpp"
#include "core/machine/parallel.hpp"
#include "core/report.hpp"
#include "core/types.hpp"

namespace maha::learn::convex {

/// The share of its multipliers at which Evaluation::shrunk is taken. A bound that has to shrink them by less lies on
/// the chord from there: near 1 so that the chord is close to the curve, and far enough for early iterations.
inline constexpr double kShrunk = 0.99;

/// A loss g and what it says of all other metrics.
///
/// g(N) = h(D), with D the squared distances under N and h convex. The multipliers w = dh/dD make the gradient, sum of
/// w_ij (z_i - z_j)(z_i - z_j)', and dual(t) = -h*(t w), the value of t times these multipliers in the dual problem, is
/// concave in t. Here h >= 0, so that dual(0) >= 0.
struct Evaluation {
  double value = 0;           ///< g >= 0
  double dual = 0;            ///< dual(1) = g - <gradient, N>, summed up on its own
  double shrunk = 0;          ///< dual(kShrunk)
  SquareMatrix gradient{};    ///< of g with respect to N, symmetric
  double gradient_error = 0;  ///< what rounding may have done to it, as an operator, and
  double dual_error = 0;      ///< to either dual value
};

/// What a pass over rows or pairs sums up for that, in parts.
struct Sums {
  double value = 0, dual = 0, shrunk = 0;
  SquareMatrix across{};  ///< sum_ij w_ij z_i z_j', or what the gradient is made of in its place
  Vector ends{};          ///< the sums of the w_ij that each row or class is in; empty without a gradient

  Sums& operator+=(const Sums& part);
};

/// A loss of rows Z, n x r, under metrics N = L'L.
class Loss {
 public:
  virtual ~Loss() = default;

  /// Its value where the rows are Y, n x any: those of Z L', or the same up to an offset.
  virtual double value(const Matrix& Y, const Threads& threads) = 0;

  /// Its value at Y = Z L', with the gradient.
  virtual Evaluation evaluate(const Matrix& Y, const Threads& threads) = 0;

  /// Adds further figures of the metric under which the rows are Y.
  virtual void report(const Matrix&, const Threads&, Report&) {}

  /// What the next evaluation depends on beside Y, such as where a search in it starts.
  virtual void visit(State&) {}
};

/// sum_ij w_ij (z_i - z_j)(z_i - z_j)' from a few products: `ends` has for each row the sum of the w that it is in,
/// `across` is sum_ij w_ij z_i z_j'.
SquareMatrix gradient_from(const Matrix& Z, const Vector& ends, const SquareMatrix& across, const Threads& threads);

/// What rounding may have done to that where the rows' weights come to at most `mass`, each sum being of `terms` terms.
double gradient_rounding(const Matrix& Z, double mass, Index terms);

}  // namespace maha::learn::convex
