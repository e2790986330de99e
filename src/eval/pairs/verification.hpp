#pragma once

#include <vector>

#include "core/types.hpp"

namespace maha {

/// Distances of pairs whose answers are known: what a rule "the same if the distance is not above a threshold" is
/// judged by. Similar pairs are the positive ones.
struct VerificationPoint {
  double threshold = 0;
  Index true_positives = 0;   ///< similar pairs with distance <= threshold
  Index false_positives = 0;  ///< dissimilar ones
};

/// Rates and scores of a rule. A fraction of nothing is 0.
struct VerificationScores {
  double threshold = 0;
  double accuracy = 0, error = 0;
  double true_positive_rate = 0, true_negative_rate = 0, precision = 0;
};

/// What a threshold is chosen for.
struct Calibration {
  enum class Goal {
    accuracy,            ///< most pairs right
    f_score,             ///< greatest F_beta = (1 + beta^2) tp / ((1 + beta^2) tp + beta^2 fn + fp)
    true_positive_rate,  ///< the lowest threshold with at least this rate
    true_negative_rate,  ///< the highest threshold with at least this rate
  };
  Goal goal = Goal::accuracy;
  double value = 1;  ///< beta > 0, or the rate in [0, 1]
};

/// ROC analysis of distances with answers.
class Verification {
 public:
  /// distances: finite, >= 0; similar: the answer of each. Throws InputError if sizes differ, a distance is not a
  /// number or one of the two kinds of pairs is missing. Cost: sorting.
  Verification(const Vector& distances, const std::vector<bool>& similar);

  Index similar() const { return similar_; }
  Index dissimilar() const { return dissimilar_; }

  /// The curve: a point for each distinct distance, from the least; before it one with threshold 0, unless a distance
  /// is 0.
  const std::vector<VerificationPoint>& curve() const { return curve_; }

  /// The area under the curve: the chance that a similar pair is nearer than a dissimilar one, ties counted half.
  double auc() const;

  /// Where as many dissimilar pairs in a hundred are taken for similar as similar ones for dissimilar, on the straight
  /// lines between the points of the curve.
  struct EqualError {
    double rate, threshold;
  };
  EqualError equal_error() const;

  /// The best threshold for the goal: half way from a distance to the next larger one, so that new pairs are given the
  /// same margin on either side; the distance itself where it is the largest, or where no number lies between the two.
  /// Of equally good ones the lowest (true_negative_rate: the highest). Throws InputError if the value is out of range,
  /// or if no threshold >= 0 has the rate: a dissimilar pair at distance 0 is the same by any.
  double calibrate(const Calibration& goal) const;

  /// What the rule with this threshold comes to.
  VerificationScores scores(double threshold) const;

 private:
  std::size_t best_point(const Calibration& goal) const;
  double true_positive_rate(const VerificationPoint& p) const;
  double true_negative_rate(const VerificationPoint& p) const;

  Index similar_ = 0, dissimilar_ = 0;
  std::vector<VerificationPoint> curve_;
};

}  // namespace maha
