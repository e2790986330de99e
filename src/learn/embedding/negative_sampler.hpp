#pragma once

#include <array>
#include <span>
#include <utility>
#include <vector>

#include "core/random.hpp"
#include "core/types.hpp"

namespace maha {

/// Which rows of other classes a triplet's negative is drawn from, by their squared distances D from the anchor, P
/// being that of the positive and m the margin. Where there is no such row, from all.
enum class Sampler {
  uniform,           ///< all alike
  easy,              ///< D >= P + m: triplets that contribute nothing
  semi_hard,         ///< P < D < P + m (Schroff, Kalenichenko & Philbin, CVPR 2015, eq. 4)
  hard,              ///< the least D in the batch, of equal ones the first
  distance_weighted  ///< by the inverse of the density of distances on the sphere (Wu et al., ICCV 2017, section 3)
};

inline constexpr std::array kSamplers{Sampler::uniform, Sampler::easy, Sampler::semi_hard, Sampler::hard,
                                      Sampler::distance_weighted};

/// As options and reports spell it: semi-hard, distance-weighted.
const char* name_of(Sampler sampler);

/// The share of the distances in [from, to], 0 <= from <= to <= 2, of points drawn uniformly on the unit sphere of R^n,
/// n >= 2: their density is q(d) ~ d^(n-2) (1 - d^2/4)^((n-3)/2), so that d^2/4 has the distribution
/// Beta((n-1)/2, (n-1)/2).
double density_share(double from, double to, Index n);

/// Draws negatives for the anchors of a batch.
class NegativeSampler {
 public:
  /// Distances below this weigh as much as at it (the weights' clipping), those above kFarthest nothing: there q is so
  /// large that a triplet has no loss. Distance-weighted sampling only.
  static constexpr double kNearest = 0.5, kFarthest = 1.4;

  /// margin: of squared distances. dims: n, the number of coordinates.
  NegativeSampler(Sampler policy, double margin, Index dims) : policy_(policy), margin_(margin), dims_(dims) {}

  /// The squared distances of the next anchor to its candidates, at least one; they must outlive the draws.
  void set_anchor(std::span<const double> squared);

  /// Which candidate; positive: the squared distance of the anchor and the positive.
  Index draw(double positive, Random& random) const;

 private:
  Index draw_between(double from, double below, Random& random) const;

  Sampler policy_;
  double margin_;
  Index dims_;
  std::span<const double> squared_;
  Index hardest_ = 0;
  std::vector<std::pair<double, Index>> sorted_;  // for the kinds that are ranges of distances
  std::vector<double> cumulative_;                // of the weights; empty if all are masked
};

}  // namespace maha
