#include "learn/embedding/training/negative_sampler.hpp"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <limits>

namespace maha::learn::embedding {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// log 1/q(d) = -(n-2) log d - (n-3)/2 log(1 - d^2/4), from squared distances.
auto log_weights(const auto& squared, Index n) {
  const auto power = static_cast<double>(n);
  return -(power - 2) / 2 * squared.log() - (power - 3) / 2 * (1 - squared / 4).log();
}

}  // namespace

const char* name_of(Sampler sampler) {
  constexpr std::array names{"uniform", "easy", "semi-hard", "hard", "distance-weighted"};
  return names[static_cast<std::size_t>(sampler)];
}

double density_share(double from, double to, Index n) {
  const double a = (static_cast<double>(n) - 1) / 2;
  const auto quarter = [](double d) { return std::min(1.0, d * d / 4); };
  const double low = quarter(from), high = quarter(to);
  // NOTE Uses the tail whose values are not near 1, where the difference would cancel.
  if (low > 0.5) return boost::math::ibetac(a, a, low) - boost::math::ibetac(a, a, high);
  return boost::math::ibeta(a, a, high) - boost::math::ibeta(a, a, low);
}

void NegativeSampler::set_anchor(std::span<const double> squared) {
  squared_ = squared;
  if (policy_ == Sampler::hard) hardest_ = std::min_element(squared.begin(), squared.end()) - squared.begin();
  if (policy_ == Sampler::easy || policy_ == Sampler::semi_hard) {
    sorted_.clear();
    for (const double D : squared) sorted_.emplace_back(D, static_cast<Index>(sorted_.size()));
    std::sort(sorted_.begin(), sorted_.end());
  }
  if (policy_ != Sampler::distance_weighted) return;
  const Eigen::Map<const Eigen::ArrayXd> D(squared.data(), static_cast<Index>(squared.size()));
  const Eigen::ArrayXd clipped = D.max(kNearest * kNearest).min(kFarthest * kFarthest);
  Eigen::ArrayXd weights = log_weights(clipped, dims_);  // without the mask, so that Eigen vectorises log
  weights = (D > kFarthest * kFarthest).select(-kInfinity, weights);
  const double largest = weights.maxCoeff();
  cumulative_.clear();
  if (largest == -kInfinity) return;
  weights = (weights - largest).exp();
  double sum = 0;
  for (const double weight : weights) cumulative_.push_back(sum += weight);
}

Index NegativeSampler::draw_between(double from, double below, Random& random) const {
  const auto first = std::lower_bound(sorted_.begin(), sorted_.end(), std::pair(from, Index{0}));
  const auto last = std::lower_bound(first, sorted_.end(), std::pair(std::max(from, below), Index{0}));
  const Index count = last - first;
  if (count == 0) return random.below(static_cast<Index>(squared_.size()));
  return first[random.below(count)].second;
}

Index NegativeSampler::draw(double positive, Random& random) const {
  switch (policy_) {
    case Sampler::easy:
      return draw_between(positive + margin_, kInfinity, random);
    case Sampler::semi_hard:
      return draw_between(std::nextafter(positive, kInfinity), positive + margin_, random);
    case Sampler::hard:
      return hardest_;
    case Sampler::distance_weighted:
      if (cumulative_.empty()) break;
      return std::lower_bound(cumulative_.begin(), cumulative_.end() - 1, (1 - random.uniform()) * cumulative_.back()) -
             cumulative_.begin();
    case Sampler::uniform:
      break;
  }
  return random.below(static_cast<Index>(squared_.size()));
}

}  // namespace maha::learn::embedding
