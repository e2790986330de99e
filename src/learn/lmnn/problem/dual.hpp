#pragma once
/// Lower bounds on LMNN's optimum, from any multipliers within their box.

#include <vector>

#include "learn/lmnn/problem/cone.hpp"
#include "learn/lmnn/problem/pairs.hpp"

namespace maha::learn::lmnn {

/// Multipliers 0 <= alpha <= mu of some triplets (all others are 0), with the bound that they prove. The dual problem
/// is
///   max sum alpha  subject to  I - H(alpha) in the dual cone,  H = sum alpha (C_il - C_ij) over whitened rows.
struct Dual {
  std::vector<Multiplier> triplets;  ///< without those of the linear part, which are all mu
  double sum = 0;                    ///< sum alpha
  double lambda = 0;                 ///< an upper bound on the largest eigenvalue of H, relative to the pull

  /// The better of two bounds. If lambda > 1, alpha / lambda is feasible, which proves sum alpha / lambda. The trace of
  /// an optimal N is at most `upper`, the objective of any point, which proves sum alpha - upper (lambda - 1).
  double bound(double upper) const;
};

Dual dual_from(const Cone& cone, const MeasuredPairs& pairs, const LinearPart& rest, std::vector<Multiplier> triplets);

/// The dual with multiplier mu for all triplets, given the triplets at N = 0.
Dual dual_from(const Cone& cone, const LinearPart& all);

/// For problems without a linear part. At the optimum V'(I - H)V = 0 over the range V of N. Moves the multipliers that
/// are strictly inside the box towards that by least squares (a few conjugate gradients, whose only products are
/// distances and scatters), clips them, and repeats while the bound rises. Returns the best dual seen.
Dual polish(const Cone& cone, const MeasuredPairs& pairs, const Point& point, double mu, double upper, Dual dual);

}  // namespace maha::learn::lmnn
