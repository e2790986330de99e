#pragma once

#include <array>
#include <span>
#include <utility>
#include <vector>

#include "core/random.hpp"
#include "core/types.hpp"

namespace maha::learn::embedding {

/// The rows of other classes from which a triplet's negative is drawn. D is their squared distance from the anchor, P
/// that of the positive, m the margin. If there is no such row, it is drawn from all.
enum class Sampler {
  uniform,           ///< all rows, equally likely
  easy,              ///< D >= P + m: triplets that contribute nothing
  semi_hard,         ///< P < D < P + m (Schroff, Kalenichenko & Philbin, CVPR 2015, eq. 4)
  hard,              ///< the smallest D in the batch; the first if several are equal
  distance_weighted  ///< by the inverse density of distances on the sphere (Wu et al., ICCV 2017, section 3)
};

inline constexpr std::array kSamplers{Sampler::uniform, Sampler::easy, Sampler::semi_hard, Sampler::hard,
                                      Sampler::distance_weighted};

/// The name in options and reports: semi-hard, distance-weighted, ...
const char* name_of(Sampler sampler);

/// The share of distances in [from, to], 0 <= from <= to <= 2, between points drawn uniformly on the unit sphere of
/// R^n, n >= 2. Their density is
///   q(d) ~ d^(n-2) (1 - d^2/4)^((n-3)/2),
/// so that d^2/4 has the distribution Beta((n-1)/2, (n-1)/2).
double density_share(double from, double to, Index n);

/// Draws negatives for the anchors of a batch.
class NegativeSampler {
 public:
  /// For distance-weighted sampling, both as in the authors' code: distances below kNearest get the weight at kNearest,
  /// since noisy gradients come from nearer negatives; those above kFarthest get none, since such triplets have no
  /// loss.
  static constexpr double kNearest = 0.5, kFarthest = 1.4;

  /// margin: of squared distances. dims: n, the number of coordinates.
  NegativeSampler(Sampler policy, double margin, Index dims) : policy_(policy), margin_(margin), dims_(dims) {}

  /// Sets the squared distances from the next anchor to its candidates, at least one; they must outlive the draws.
  void set_anchor(std::span<const double> squared);

  /// Draws a candidate; positive: the squared distance from the anchor to the positive.
  Index draw(double positive, Random& random) const;

 private:
  Index draw_between(double from, double below, Random& random) const;

  Sampler policy_;
  double margin_;
  Index dims_;
  std::span<const double> squared_;
  Index hardest_ = 0;
  std::vector<std::pair<double, Index>> sorted_;  // for policies that are ranges of distances
  std::vector<double> cumulative_;                // of the weights; empty if all are masked
};

}  // namespace maha::learn::embedding
