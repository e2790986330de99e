#include "learn/lmnn/problem/pairs.hpp"

#include <doctest/doctest.h>

#include "core/random.hpp"
#include "learn/lmnn/problem/cone.hpp"
#include "learn/lmnn/solver/start.hpp"
#include "unit/random_rows.hpp"

using namespace maha;
using namespace maha::learn::lmnn;

namespace {

// Each row with two targets and up to six impostors, at random.
MeasuredPairs some_pairs(Index n, std::uint64_t seed) {
  Random random(seed);
  MeasuredPairs pairs;
  for (Index i = 0; i < n; ++i) {
    for (int t = 0; t < 2; ++t)
      pairs.targets.other.push_back(static_cast<std::int32_t>((i + 1 + random.below(n - 1)) % n));
    for (Index s = random.below(7); s > 0; --s) {
      pairs.impostors.other.push_back(static_cast<std::int32_t>((i + 1 + random.below(n - 1)) % n));
    }
    pairs.targets.begin.push_back(pairs.targets.size());
    pairs.impostors.begin.push_back(pairs.impostors.size());
  }
  return pairs;
}

SquareMatrix symmetric(const Matrix& A) { return A + A.transpose(); }

}  // namespace

TEST_CASE("the gradient is that of the smoothed objective, by central differences") {
  const Index n = 60, d = 4;
  const MeasuredPairs pairs = some_pairs(n, 1);
  for (const bool weights_only : {false, true}) {
    const auto cone = weights_only ? weight_cone({test::random_rows(n, d, 2)}, Threads())
                                   : psd_cone({test::random_rows(n, d, 2)}, Threads());
    const SquareMatrix A =
        weights_only ? SquareMatrix(Vector::Constant(d, 0.8)) : symmetric(test::random_rows(d, d, 3));
    const SquareMatrix E =
        weights_only ? SquareMatrix(test::random_rows(d, 1, 4)) : symmetric(test::random_rows(d, d, 4));
    const Point point = cone->project(A);
    const double mu = 0.7, g = 0.5, h = 1e-6;
    const auto value = [&](double step) {
      return hinges(pairs, cone->forms(pairs, point.N + step * E), mu, g, nullptr, Threads()).value;
    };
    PairValues weights;
    hinges(pairs, squared_distances(pairs, point.P, Threads()), mu, g, &weights, Threads());
    const double slope = cone->scatter(pairs, weights).cwiseProduct(E).sum();
    CHECK(std::abs(slope) > 1);
    CHECK((value(h) - value(-h)) / (2 * h) == doctest::Approx(slope).epsilon(1e-7));
  }
}

TEST_CASE("scatter is the sum of weighted outer products, and distances are forms") {
  const Matrix Z = test::random_rows(3000, 5, 5);  // several tiles
  const MeasuredPairs pairs = some_pairs(3000, 6);
  const PairValues weights{test::random_rows(pairs.targets.size(), 1, 7),
                           test::random_rows(pairs.impostors.size(), 1, 8)};
  SquareMatrix expected = SquareMatrix::Zero(5, 5);
  const auto add = [&](const RowLists& lists, const Vector& w) {
    for (Index i = 0; i < lists.rows(); ++i) {
      for (Index s = lists.begin[i]; s < lists.begin[i + 1]; ++s) {
        const RowVector difference = Z.row(i) - Z.row(lists.other[s]);
        expected += w(s) * difference.transpose() * difference;
      }
    }
  };
  add(pairs.targets, weights.target);
  add(pairs.impostors, weights.impostor);
  const SquareMatrix H = scatter(pairs, weights, Z, Threads(2));
  CHECK((H - expected).norm() <= 1e-12 * expected.norm());
  CHECK((diagonal_scatter(pairs, weights, Z, Threads(2)) - expected.diagonal()).norm() <= 1e-12 * expected.norm());

  const auto cone = psd_cone({Z}, Threads());
  const Point point = cone->project(symmetric(test::random_rows(5, 5, 9)));
  CHECK(point.root.size() < 5);
  const PairValues squared = squared_distances(pairs, point.P, Threads()), forms = cone->forms(pairs, point.N);
  CHECK((squared.impostor - forms.impostor).norm() <= 1e-13 * forms.impostor.norm());
  CHECK((squared.target - forms.target).norm() <= 1e-13 * forms.target.norm());
}

TEST_CASE("hinges: smoothed ones and their multipliers, triplet by triplet") {
  const MeasuredPairs pairs = some_pairs(700, 10);
  const PairValues squared{test::random_rows(pairs.targets.size(), 1, 11).cwiseAbs(),
                           2 * test::random_rows(pairs.impostors.size(), 1, 12).cwiseAbs()};
  const double mu = 0.3, g = 0.5;
  Hinges sum = hinges(pairs, squared, mu, g, nullptr, Threads(2));
  const std::vector<Multiplier> triplets = active_triplets(pairs, squared, mu, g);
  double value = 0, alpha = 0, bias = 0;
  for (const Multiplier& t : triplets) {
    const double z = 1 + squared.target(t.target) - squared.impostor(t.impostor);
    value += mu * (z < g ? z * z / (2 * g) : z - g / 2);
    bias += z < g ? mu * z * (1 - z / g) : 0;
    alpha += t.alpha;
  }
  CHECK(sum.active == static_cast<Index>(triplets.size()));
  CHECK(sum.value == doctest::Approx(value).epsilon(1e-12));
  CHECK(sum.alpha == doctest::Approx(alpha).epsilon(1e-12));
  CHECK(sum.bias == doctest::Approx(bias).epsilon(1e-12));
  PairValues weights;
  hinges(pairs, squared, mu, g, &weights, Threads(2));
  const PairValues expected = weights_of(pairs, triplets);
  CHECK((weights.target - expected.target).norm() <= 1e-12);
  CHECK((weights.impostor - expected.impostor).norm() <= 1e-12);
}

TEST_CASE("the rise of smoothed hinges above their tangent, without cancellation") {
  const MeasuredPairs pairs = some_pairs(400, 14);
  const auto distances = [&](std::uint64_t seed) {
    return PairValues{test::random_rows(pairs.targets.size(), 1, seed).cwiseAbs(),
                      2 * test::random_rows(pairs.impostors.size(), 1, seed + 1).cwiseAbs()};
  };
  const PairValues from = distances(15), to = distances(17);
  const double mu = 0.3, g = 0.5;
  PairValues slope;
  const double before = hinges(pairs, from, mu, g, &slope, Threads()).value;
  const double after = hinges(pairs, to, mu, g, nullptr, Threads()).value;
  const double tangent = slope.target.dot(to.target - from.target) + slope.impostor.dot(to.impostor - from.impostor);
  CHECK(tangent_gap(pairs, from, to, mu, g, Threads()) == doctest::Approx(after - before - tangent).epsilon(1e-12));
  CHECK(tangent_gap(pairs, from, from, mu, g, Threads()) == 0);
}

TEST_CASE("the best scale of a start is where its slope changes sign") {
  const Matrix m = test::random_rows(1001, 1, 13).array() + 0.5;
  std::vector<double> margins(m.data(), m.data() + m.size());
  const double pull = 20, mu = 0.4, weight = 1.5;
  const Scaled best = best_scale(pull, mu, weight, margins);
  const auto at = [&](double c) {
    double value = c * pull;
    for (const double margin : margins) value += mu * weight * std::max(0.0, 1 - c * margin);
    return value;
  };
  CHECK(best.objective == doctest::Approx(at(best.factor)).epsilon(1e-12));
  CHECK(best.factor > 0);
  for (const double c : {0.5, 0.99, 1.01, 2.0}) CHECK(at(c * best.factor) >= best.objective);
  CHECK(best_scale(1, mu, weight, {-1, -2}).factor == 0);
}
