#include "eval/statistics/statistics.hpp"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <numeric>

#include "core/error.hpp"
#include "eval/statistics/chi_squared.hpp"

namespace maha::eval {
namespace {

/// P(|T| >= |t|) of Student's t with v degrees of freedom: the regularised incomplete beta function
/// I(v/(v + t^2); v/2, 1/2).
double student_p_value(double t, double degrees) {
  return boost::math::ibeta(degrees / 2, 0.5, degrees / (degrees + t * t));
}

/// The ranks of the values under `before`, from 1; ties share the mean of their ranks.
template <class Before>
std::vector<double> shared_ranks(const std::vector<double>& values, Before before) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return before(values[a], values[b]); });
  std::vector<double> ranks(values.size());
  for (std::size_t first = 0, last = 0; first < order.size(); first = last) {
    while (last < order.size() && values[order[last]] == values[order[first]]) ++last;
    for (std::size_t at = first; at < last; ++at) ranks[order[at]] = static_cast<double>(first + last + 1) / 2;
  }
  return ranks;
}

/// The places of the values, smallest first.
std::vector<std::size_t> ascending(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return values[a] < values[b]; });
  return order;
}

}  // namespace

MeanAndSd mean_and_sd(const std::vector<double>& values) {
  if (values.empty()) throw InputError("there is no mean of no values");
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  if (*low == *high) return {*low, 0};  // rounding of the sum would shift the mean and give a deviation
  const double n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, values.size() > 1 ? std::sqrt(squares / (n - 1)) : 0};
}

std::optional<TestResult> corrected_resampled_t_test(const std::vector<double>& differences, double test_share) {
  if (differences.size() < 2) throw InputError("a t-test needs at least 2 differences");
  const auto [low, high] = std::minmax_element(differences.begin(), differences.end());
  if (*low == *high) return *low == 0 ? std::optional(TestResult{0, 1}) : std::nullopt;
  const auto [mean, sd] = mean_and_sd(differences);
  const double J = static_cast<double>(differences.size());
  const double t = mean / (sd * std::sqrt(1 / J + test_share));
  return TestResult{t, student_p_value(t, J - 1)};
}

std::vector<double> ranks_from_best(const std::vector<double>& values) {
  return shared_ranks(values, std::greater<>());
}

TestResult friedman_test(const Matrix& ranks) {
  const double N = static_cast<double>(ranks.rows()), k = static_cast<double>(ranks.cols());
  if (N < 2 || k < 2) throw InputError("Friedman's test needs at least 2 data sets and 2 algorithms");
  // between: squared deviations of the rank sums. within: of all ranks; ties make it smaller than N k (k^2 - 1)/12.
  const double mean = (k + 1) / 2;
  const double between = (ranks.colwise().sum().array() - N * mean).square().sum();
  const double within = (ranks.array() - mean).square().sum();
  if (within == 0) return {0, 1};
  const double chi_squared = (k - 1) * between / within;
  return {chi_squared, chi_squared_p_value(chi_squared, k - 1)};
}

TestResult wilcoxon_signed_rank_test(const std::vector<double>& differences) {
  std::vector<double> sizes;
  std::vector<bool> positive;
  for (const double difference : differences) {
    if (difference == 0) continue;
    sizes.push_back(std::abs(difference));
    positive.push_back(difference > 0);
  }
  const std::vector<double> ranks = shared_ranks(sizes, std::less<>());
  // Ranks are multiples of 1/2. chances[s] is the probability that the positive ranks sum to s/2.
  const std::size_t most = sizes.size() * (sizes.size() + 1);
  std::vector<double> chances(most + 1, 0);
  chances[0] = 1;
  double plus = 0;
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    if (positive[i]) plus += ranks[i];
    const std::size_t step = static_cast<std::size_t>(2 * ranks[i]);
    for (std::size_t s = most + 1; s-- > 0;) chances[s] = (chances[s] + (s >= step ? chances[s - step] : 0)) / 2;
  }
  const double statistic = std::min(plus, static_cast<double>(most) / 2 - plus);
  const auto last = chances.begin() + static_cast<std::ptrdiff_t>(2 * statistic) + 1;
  return {statistic, std::min(1.0, 2 * std::accumulate(chances.begin(), last, 0.0))};
}

std::vector<double> holm_adjusted(const std::vector<double>& p) {
  const std::vector<std::size_t> order = ascending(p);
  std::vector<double> adjusted(p.size());
  double reached = 0;
  for (std::size_t at = 0; at < order.size(); ++at) {
    reached = std::max(reached, std::min(1.0, static_cast<double>(p.size() - at) * p[order[at]]));
    adjusted[order[at]] = reached;
  }
  return adjusted;
}

std::vector<double> benjamini_hochberg_adjusted(const std::vector<double>& p) {
  const std::vector<std::size_t> order = ascending(p);
  const auto m = static_cast<double>(p.size());
  std::vector<double> adjusted(p.size());
  double reached = 1;
  for (std::size_t at = order.size(); at-- > 0;) {
    reached = std::min(reached, m / static_cast<double>(at + 1) * p[order[at]]);
    adjusted[order[at]] = reached;
  }
  return adjusted;
}

}  // namespace maha::eval
