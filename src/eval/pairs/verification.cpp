#include "eval/pairs/verification.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <sstream>

#include "core/error.hpp"

namespace maha::eval {
namespace {

double fraction(Index part, Index whole) {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

}  // namespace

Verification::Verification(const Vector& distances, const std::vector<bool>& similar) {
  if (distances.size() != static_cast<Index>(similar.size()))
    throw InputError("distances and answers differ in number");
  if (!distances.allFinite()) throw InputError("a distance is not a finite number");
  similar_ = std::count(similar.begin(), similar.end(), true);
  dissimilar_ = distances.size() - similar_;
  if (similar_ == 0) throw InputError("there is no similar pair");
  if (dissimilar_ == 0) throw InputError("there is no dissimilar pair");

  std::vector<Index> order(similar.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](Index a, Index b) { return distances[a] < distances[b]; });
  curve_.push_back({});
  for (const Index p : order) {
    VerificationPoint point = curve_.back();
    point.threshold = distances[p];
    ++(similar[static_cast<std::size_t>(p)] ? point.true_positives : point.false_positives);
    if (point.threshold > curve_.back().threshold) {
      curve_.push_back(point);
    } else {
      curve_.back() = point;
    }
  }
}

double Verification::true_positive_rate(const VerificationPoint& p) const {
  return fraction(p.true_positives, similar_);
}

double Verification::true_negative_rate(const VerificationPoint& p) const {
  return fraction(dissimilar_ - p.false_positives, dissimilar_);
}

double Verification::auc() const {
  double twice = 0;
  VerificationPoint before;
  for (const VerificationPoint& p : curve_) {
    twice += static_cast<double>(p.false_positives - before.false_positives) *
             static_cast<double>(p.true_positives + before.true_positives);
    before = p;
  }
  return twice / 2 / static_cast<double>(similar_) / static_cast<double>(dissimilar_);
}

Verification::EqualError Verification::equal_error() const {
  // Along the curve the rate of false negatives less that of false positives falls from 1 to -1.
  const auto surplus = [&](const VerificationPoint& p) { return true_negative_rate(p) - true_positive_rate(p); };
  const auto at = std::find_if(curve_.begin(), curve_.end(), [&](const auto& p) { return surplus(p) <= 0; });
  const VerificationPoint before = at == curve_.begin() ? VerificationPoint{} : *(at - 1);
  const double share = surplus(before) / (surplus(before) - surplus(*at));
  const auto between = [&](double from, double to) { return from + share * (to - from); };
  return {1 - between(true_negative_rate(before), true_negative_rate(*at)), between(before.threshold, at->threshold)};
}

std::size_t Verification::best_point(const Calibration& goal) const {
  using Goal = Calibration::Goal;
  const bool is_rate = goal.goal == Goal::true_positive_rate || goal.goal == Goal::true_negative_rate;
  if (is_rate && !(goal.value >= 0 && goal.value <= 1)) throw InputError("a rate must lie in [0, 1]");
  if (goal.goal == Goal::f_score && !(goal.value > 0 && std::isfinite(goal.value))) {
    throw InputError("beta must be above 0");
  }
  const double b2 = goal.value * goal.value;
  const auto worth = [&](const VerificationPoint& p) -> double {
    switch (goal.goal) {
      case Goal::accuracy:
        return static_cast<double>(p.true_positives - p.false_positives);
      case Goal::f_score:
        return (1 + b2) * static_cast<double>(p.true_positives) /
               (b2 * static_cast<double>(similar_) + static_cast<double>(p.true_positives + p.false_positives));
      case Goal::true_positive_rate:
        return true_positive_rate(p) >= goal.value ? 1 : 0;
      case Goal::true_negative_rate:
        return true_negative_rate(p) >= goal.value ? static_cast<double>(p.true_positives + p.false_positives) : -1;
    }
    return 0;
  };
  const auto best =
      std::max_element(curve_.begin(), curve_.end(), [&](const auto& a, const auto& b) { return worth(a) < worth(b); });
  return static_cast<std::size_t>(best - curve_.begin());
}

/// A threshold that accepts what this point does, and no more.
double Verification::behind(std::size_t point) const {
  const double at = curve_[point].threshold;
  if (point + 1 == curve_.size()) return at;
  // Between adjacent doubles the midpoint rounds to one of them; the upper one would include its pairs.
  const double above = curve_[point + 1].threshold, middle = std::midpoint(at, above);
  return middle < above ? middle : at;
}

double Verification::most_accurate() const {
  const std::size_t best = best_point({});
  return curve_[best].true_positives < curve_[best].false_positives ? kNoneSimilar : behind(best);
}

double Verification::calibrate(const Calibration& goal) const {
  const std::size_t best = best_point(goal);
  const VerificationPoint& point = curve_[best];
  if (goal.goal == Calibration::Goal::true_negative_rate && !(true_negative_rate(point) >= goal.value)) {
    std::ostringstream text;  // the best point is the first one, at distance 0
    text << "no threshold has a true negative rate of " << goal.value << ": " << point.false_positives << " of "
         << dissimilar_ << " dissimilar pairs are at distance 0";
    throw InputError(text.str());
  }
  if (goal.goal == Calibration::Goal::accuracy && point.true_positives < point.false_positives) {
    const Index at_zero = curve_.front().false_positives;
    throw InputError("no threshold is right as often as to take no pair for similar: " + std::to_string(at_zero) +
                     " of " + std::to_string(dissimilar_) + " dissimilar pairs are at distance 0");
  }
  return behind(best);
}

VerificationScores Verification::scores(double threshold) const {
  const auto after = std::upper_bound(curve_.begin(), curve_.end(), threshold,
                                      [](double t, const VerificationPoint& p) { return t < p.threshold; });
  const VerificationPoint p = after == curve_.begin() ? VerificationPoint{} : *(after - 1);
  const Index right = p.true_positives + dissimilar_ - p.false_positives;
  VerificationScores scores;
  scores.threshold = threshold;
  scores.accuracy = fraction(right, similar_ + dissimilar_);
  scores.error = fraction(similar_ + dissimilar_ - right, similar_ + dissimilar_);
  scores.true_positive_rate = true_positive_rate(p);
  scores.true_negative_rate = true_negative_rate(p);
  scores.precision = fraction(p.true_positives, p.true_positives + p.false_positives);
  return scores;
}

}  // namespace maha::eval
