#pragma once
/// Lower bounds on LMNN's optimum, from any multipliers in the box.

#include <vector>

#include "learn/lmnn/cone.hpp"
#include "learn/lmnn/pairs.hpp"

namespace maha::lmnn {

/// Multipliers 0 <= alpha <= mu of some triplets (all others are 0), with what they prove. The dual problem is
/// max sum alpha subject to I - H(alpha) in the dual cone, H = sum alpha (C_il - C_ij) over whitened rows.
struct Dual {
  std::vector<Multiplier> triplets;  ///< those of the linear part, all mu, apart
  double sum = 0;                    ///< sum alpha
  double lambda = 0;                 ///< at least the largest eigenvalue of H, relative to the pull

  /// Where lambda > 1, alpha / lambda is feasible; and since the trace of an optimal N is at most `upper`, the
  /// objective of any point, so is sum alpha - upper (lambda - 1) a bound. The better of the two.
  double bound(double upper) const;
};

Dual dual_from(const Cone& cone, const Pairs& pairs, const LinearPart& rest, std::vector<Multiplier> triplets);

/// What the multipliers mu of all triplets prove, given the triplets at N = 0.
Dual dual_from(const Cone& cone, const LinearPart& all);

/// For problems without a linear part. At the optimum V'(I - H)V = 0 over the range V of N. Moves the multipliers
/// strictly inside the box there by least squares (a few conjugate gradients, with distances and scatters as the only
/// products), clips them, and repeats while that helps. Returns the best it saw.
Dual polish(const Cone& cone, const Pairs& pairs, const Point& point, double mu, double upper, Dual dual);

}  // namespace maha::lmnn
