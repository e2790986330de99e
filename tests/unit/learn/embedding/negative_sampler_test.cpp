#include "learn/embedding/training/negative_sampler.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <numeric>
#include <tuple>
#include <utility>

using namespace maha;
using namespace maha::learn::embedding;

namespace {

constexpr int kDraws = 60000;

/// How often each candidate is drawn for a positive at this squared distance.
std::vector<double> shares(Sampler policy, const std::vector<double>& squared, double positive, double margin = 0.2,
                           Index dims = 16) {
  NegativeSampler sampler(policy, margin, dims);
  sampler.set_anchor(squared);
  Random random(7);
  std::vector<double> counts(squared.size(), 0.0);
  for (int t = 0; t < kDraws; ++t) counts[static_cast<std::size_t>(sampler.draw(positive, random))] += 1;
  for (double& count : counts) count /= kDraws;
  return counts;
}

/// Within five standard deviations of what is expected.
void check_shares(const std::vector<double>& found, const std::vector<double>& expected) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    CAPTURE(i);
    CHECK(std::abs(found[i] - expected[i]) <= 5 * std::sqrt(expected[i] * (1 - expected[i]) / kDraws));
  }
}

std::vector<double> squares(std::vector<double> distances) {
  for (double& d : distances) d *= d;
  return distances;
}

/// min(1/q(max(d, nearest)), ...) as the paper has it, normalised; d > farthest weighs nothing.
std::vector<double> analytic_weights(const std::vector<double>& distances, Index n) {
  const auto power = static_cast<double>(n);
  std::vector<double> weights;
  for (const double distance : distances) {
    const double d = std::max(distance, 0.5);
    const double q = std::pow(d, power - 2) * std::pow(1 - d * d / 4, (power - 3) / 2);
    weights.push_back(distance > 1.4 ? 0 : 1 / q);
  }
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& weight : weights) weight /= sum;
  return weights;
}

}  // namespace

TEST_CASE("samplers: each draws from its own kind, all of it alike") {
  const std::vector<double> squared{0.1, 0.3, 0.45, 0.5, 0.6, 0.3, 1.9};
  const double positive = 0.3, seventh = 1.0 / 7;
  check_shares(shares(Sampler::uniform, squared, positive), std::vector<double>(7, seventh));
  check_shares(shares(Sampler::easy, squared, positive), {0, 0, 0, 1.0 / 3, 1.0 / 3, 0, 1.0 / 3});  // 0.5 = P + m
  check_shares(shares(Sampler::semi_hard, squared, positive, 0.25), {0, 0, 0.5, 0.5, 0, 0, 0});     // 0.3 is none
  check_shares(shares(Sampler::hard, squared, positive), {1, 0, 0, 0, 0, 0, 0});
}

TEST_CASE("samplers: the hardest of equal ones is the first") {
  check_shares(shares(Sampler::hard, {0.5, 0.2, 0.7, 0.2}, 0.1), {0, 1, 0, 0});
}

TEST_CASE("samplers: where there is no row of the kind, all are drawn from alike") {
  const std::vector<double> third(3, 1.0 / 3);
  check_shares(shares(Sampler::easy, {0.1, 0.2, 0.3}, 1.0), third);
  check_shares(shares(Sampler::semi_hard, {0.1, 0.2, 1.9}, 0.5), third);
  check_shares(shares(Sampler::distance_weighted, squares({1.5, 1.7, 1.9}), 0.5), third);
}

TEST_CASE("samplers: distance-weighted draws by the inverse of the density, clipped at both ends") {
  const std::vector<double> distances{0.0, 0.2, 0.5, 0.55, 0.6, 0.8, 1.0, 1.2, 1.39, 1.41, 2.0};
  for (const Index n : {2, 3, 4, 16}) {
    CAPTURE(n);
    check_shares(shares(Sampler::distance_weighted, squares(distances), 0.3, 0.2, n), analytic_weights(distances, n));
  }
}

TEST_CASE("samplers: 4096 coordinates neither overflow nor vanish") {
  const auto drawn = [](std::vector<double> distances) {
    return shares(Sampler::distance_weighted, squares(std::move(distances)), 0.3, 0.2, 4096);
  };
  check_shares(drawn({0.5, 0.9, 1.3, 1.39}), {1, 0, 0, 0});
  check_shares(drawn({0.001, 0.5, 0.9}), {0.5, 0.5, 0});
  check_shares(drawn({1.39, 1.39, 1.41}), {0.5, 0.5, 0});
}

TEST_CASE("the density of distances on the sphere: closed forms") {
  // n = 2: angles 2 asin(d/2) are uniform. n = 3: q(d) = d/2. n = 5: d^2/4 has the density 6 x (1 - x).
  const auto of_5 = [](double d) { return d * d * d * d * (3 - d * d / 2) / 16; };
  for (const auto& [from, to] : {std::pair(0.0, 1.0), {0.3, 1.1}, {1.1, 1.5}, {1.3, 1.35}, {0.5, 2.0}}) {
    const double angle = 2 * (std::asin(to / 2) - std::asin(from / 2));
    CHECK(density_share(from, to, 2) == doctest::Approx(angle / std::numbers::pi).epsilon(1e-14));
    CHECK(density_share(from, to, 3) == doctest::Approx((to * to - from * from) / 4).epsilon(1e-14));
    CHECK(density_share(from, to, 5) == doctest::Approx(of_5(to) - of_5(from)).epsilon(1e-14));
  }
  for (const Index n : {2, 3, 32, 512}) {
    CHECK(density_share(0, 2, n) == doctest::Approx(1).epsilon(1e-15));
    CHECK(density_share(0, std::nextafter(2, 3), n) == 1);
    CHECK(density_share(0, std::numbers::sqrt2, n) == doctest::Approx(0.5).epsilon(1e-13));
  }
}

TEST_CASE("the density of distances on the sphere: every digit of small shares, by 60 digits of mpmath") {
  const std::vector<std::tuple<double, double, Index, double>> shares{
      {0.5, 0.75, 2, 0.083853340567913763},     {0.3, 1.1, 4, 0.2495458553435184},
      {0.05, 0.1, 16, 9.9858438178752314e-17},  {1.95, 2.0, 32, 4.3084543543317573e-13},
      {0, 0.05, 32, 3.2817031403504514e-42},    {0.5, 0.55, 128, 2.9887682207176042e-37},
      {1.4, 1.45, 128, 0.30696112715124477},    {1.9, 1.95, 128, 6.9830923372623771e-31},
      {1.35, 1.4, 512, 0.30340197284026916},    {0.75, 0.8, 512, 3.5102690540999557e-71},
      {1.8, 1.85, 512, 4.1547531039470733e-56},
  };
  for (const auto& [from, to, n, share] : shares) {
    CHECK(std::abs(density_share(from, to, n) - share) <= 3e-13 * share);
  }
}

TEST_CASE("the density of distances on the sphere: of points drawn there") {
  Random random(3);
  const Index n = 6;
  const auto point = [&] {  // uniform on the sphere: a point of the ball, scaled
    for (;;) {
      Vector x(n);
      for (double& value : x) value = 2 * random.uniform() - 1;
      if (x.norm() <= 1 && x.norm() > 0) return Vector(x.normalized());
    }
  };
  constexpr int kPairs = 20000;
  std::vector<double> counts(8, 0);
  for (int t = 0; t < kPairs; ++t) counts[static_cast<std::size_t>((point() - point()).norm() * 4)] += 1;
  for (std::size_t b = 0; b < counts.size(); ++b) {
    const double share = density_share(static_cast<double>(b) / 4, static_cast<double>(b + 1) / 4, n);
    CHECK(std::abs(counts[b] / kPairs - share) <= 5 * std::sqrt(share / kPairs));
  }
}
