#pragma once

#include <vector>

#include "core/types.hpp"

namespace maha::eval {

/// The threshold of the rule that takes no pair for similar: no distance is that small.
inline constexpr double kNoneSimilar = -1;

/// A point of the ROC curve of the rule "similar if the distance is at most the threshold", on pairs whose answers are
/// known. Similar pairs are the positive ones.
struct VerificationPoint {
  double threshold = 0;
  Index true_positives = 0;   ///< similar pairs with distance <= threshold
  Index false_positives = 0;  ///< dissimilar ones
};

/// The scores of a rule. A fraction of nothing is 0.
struct VerificationScores {
  double threshold = 0;
  double accuracy = 0, error = 0;
  double true_positive_rate = 0, true_negative_rate = 0, precision = 0;
};

/// The goal for which a threshold is chosen.
struct Calibration {
  enum class Goal {
    accuracy,            ///< as many correct pairs as possible
    f_score,             ///< the largest F_beta = (1 + beta^2) tp / ((1 + beta^2) tp + beta^2 fn + fp)
    true_positive_rate,  ///< the lowest threshold with at least this rate
    true_negative_rate,  ///< the highest threshold with at least this rate
  };
  Goal goal = Goal::accuracy;
  double value = 1;  ///< beta > 0, or the rate in [0, 1]
};

/// ROC analysis of the distances of pairs whose answers are known.
class Verification {
 public:
  /// distances: finite, >= 0; similar: the answer for each. Throws InputError if sizes differ, a distance is not finite
  /// or there are no similar or no dissimilar pairs. Cost: sorting.
  Verification(const Vector& distances, const std::vector<bool>& similar);

  Index similar() const { return similar_; }
  Index dissimilar() const { return dissimilar_; }

  /// A point for each distinct distance, ascending. The first point has threshold 0, whether a distance is 0 or not.
  const std::vector<VerificationPoint>& curve() const { return curve_; }

  /// The area under the curve: the probability that a similar pair is closer than a dissimilar one, ties counted half.
  double auc() const;

  /// Where the false positive rate equals the false negative rate, interpolated linearly between points of the curve.
  struct EqualError {
    double rate, threshold;
  };
  EqualError equal_error() const;

  /// The best threshold for the goal: half way between a distance and the next larger one, so that new pairs have the
  /// same margin on either side; the distance itself if it is the largest, or if no number lies between the two. Of
  /// equally good thresholds the lowest (true_negative_rate: the highest). Throws InputError if the value is out of
  /// range, or if, because dissimilar pairs are at distance 0, no threshold >= 0 reaches the rate, or none is as
  /// accurate as kNoneSimilar.
  double calibrate(const Calibration& goal) const;

  /// The one with the fewest errors, as calibrate() finds it, or kNoneSimilar if that has fewer: so never more errors
  /// than there are similar pairs, or dissimilar ones.
  double most_accurate() const;

  /// The scores of the rule with this threshold.
  VerificationScores scores(double threshold) const;

 private:
  std::size_t best_point(const Calibration& goal) const;
  double behind(std::size_t point) const;
  double true_positive_rate(const VerificationPoint& p) const;
  double true_negative_rate(const VerificationPoint& p) const;

  Index similar_ = 0, dissimilar_ = 0;
  std::vector<VerificationPoint> curve_;
};

}  // namespace maha::eval
