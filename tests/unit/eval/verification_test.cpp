#include "eval/pairs/verification.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "core/error.hpp"
#include "core/random.hpp"

using namespace maha;
using namespace maha::eval;
using Goal = Calibration::Goal;

namespace {

// By distance: same 1, same 2, other 3, same 4, a tie of same and other 5, other 6.
const Vector kDistances{{5.0, 1.0, 3.0, 2.0, 6.0, 4.0, 5.0}};
const std::vector<bool> kSimilar = {true, true, false, true, false, true, false};

struct Drawn {
  Vector distances;
  std::vector<bool> similar;
};

Drawn draw(int count, std::uint64_t seed) {
  Random random(seed);
  Drawn d{Vector(count), {}};
  for (int p = 0; p < count; ++p) {
    d.similar.push_back(random.below(3) == 0);
    d.distances[p] = static_cast<double>(random.below(20) + (d.similar.back() ? 0 : 5)) / 4;  // with ties, and some 0
  }
  return d;
}

}  // namespace

TEST_CASE("the ROC curve and what is read off it, by hand") {
  const Verification v(kDistances, kSimilar);
  CHECK(v.similar() == 4);
  CHECK(v.dissimilar() == 3);
  std::vector<std::vector<double>> points;
  for (const auto& p : v.curve()) {
    points.push_back({p.threshold, static_cast<double>(p.true_positives), static_cast<double>(p.false_positives)});
  }
  CHECK(points ==
        std::vector<std::vector<double>>{{0, 0, 0}, {1, 1, 0}, {2, 2, 0}, {3, 2, 1}, {4, 3, 1}, {5, 4, 2}, {6, 4, 3}});
  // of 12 couples the similar pair is nearer in 4 + 3 + ... : 3 + 3 + 2 + 1, and half of the tie at 5, and the last
  CHECK(v.auc() == doctest::Approx((3 + 3 + 2 + 1 + 0.5) / 12));
  // false negatives 1/2, 1/4 and positives 1/3, 1/3 at 3 and 4: equal at 1/3, two thirds of the way
  CHECK(v.equal_error().rate == doctest::Approx(1.0 / 3));
  CHECK(v.equal_error().threshold == doctest::Approx(3 + 2.0 / 3));
  const VerificationScores at = v.scores(4.2);
  CHECK(at.accuracy == doctest::Approx(5.0 / 7));
  CHECK(at.error == doctest::Approx(2.0 / 7));
  CHECK(at.true_positive_rate == 0.75);
  CHECK(at.true_negative_rate == doctest::Approx(2.0 / 3));
  CHECK(at.precision == 0.75);
  CHECK(v.scores(0).precision == 0);
  CHECK(v.scores(-1).true_negative_rate == 1);
  CHECK(v.scores(100).true_positive_rate == 1);
}

TEST_CASE("thresholds lie between distances, the lowest of the best") {
  const Verification v(kDistances, kSimilar);
  CHECK(v.calibrate({Goal::accuracy, 0}) == 2.5);   // 5 right, as at 4 and 5
  CHECK(v.calibrate({Goal::f_score, 1}) == 5.5);    // 8/10 against 6/8 at 4
  CHECK(v.calibrate({Goal::f_score, 0.5}) == 2.5);  // 2.5/3 against 3.75/5 at 4
  CHECK(v.calibrate({Goal::true_positive_rate, 0.5}) == 2.5);
  CHECK(v.calibrate({Goal::true_positive_rate, 0.51}) == 4.5);
  CHECK(v.calibrate({Goal::true_positive_rate, 0}) == 0.5);
  CHECK(v.calibrate({Goal::true_positive_rate, 1}) == 5.5);
  CHECK(v.calibrate({Goal::true_negative_rate, 1}) == 2.5);
  CHECK(v.calibrate({Goal::true_negative_rate, 0.6}) == 4.5);
  CHECK(v.calibrate({Goal::true_negative_rate, 0}) == 6);
  CHECK_THROWS_AS(v.calibrate({Goal::true_positive_rate, 1.5}), InputError);
  CHECK_THROWS_AS(v.calibrate({Goal::f_score, 0}), InputError);
}

TEST_CASE("a threshold between neighbouring numbers lets in no pair above it") {
  const double one = std::nextafter(1.0, 2.0), two = std::nextafter(one, 2.0), three = std::nextafter(two, 2.0);
  for (const auto& [low, high] : {std::pair(one, two), std::pair(two, three), std::pair(1.2e308, 1.7e308)}) {
    const Verification v(Vector{{low, high}}, {true, false});
    const double threshold = v.calibrate({});
    CHECK(v.scores(threshold).error == 0);
    CHECK(v.scores(v.calibrate({Goal::true_negative_rate, 1})).true_negative_rate == 1);
    CHECK(threshold >= low);
    CHECK(threshold < high);
  }
}

TEST_CASE("a rate that no threshold has is refused") {
  const Verification v(Vector{{0.0, 0.0, 1.0, 2.0}}, {true, false, true, false});
  CHECK_THROWS_WITH_AS(v.calibrate({Goal::true_negative_rate, 1}),
                       "no threshold has a true negative rate of 1: 1 of 2 dissimilar pairs are at distance 0",
                       InputError);
  CHECK(v.calibrate({Goal::true_negative_rate, 0.5}) == 1.5);
  CHECK(v.calibrate({Goal::true_positive_rate, 0.5}) == 0.5);
}

TEST_CASE("the area is the share of couples in the right order; no threshold does better than the one found") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Drawn d = draw(60, seed);
    const Verification v(d.distances, d.similar);
    double right = 0, most = 0, best_f = 0;
    for (std::size_t a = 0; a < d.similar.size(); ++a) {
      const double t = d.distances[static_cast<Index>(a)];
      const VerificationScores at = v.scores(t);
      int correct = 0;
      for (std::size_t b = 0; b < d.similar.size(); ++b) {
        const double other = d.distances[static_cast<Index>(b)];
        correct += (other <= t) == d.similar[b];
        if (d.similar[a] && !d.similar[b]) right += t < other ? 1 : t == other ? 0.5 : 0;
      }
      CHECK(at.accuracy == doctest::Approx(correct / 60.0));
      most = std::max(most, at.accuracy);
      if (at.precision > 0) {
        best_f =
            std::max(best_f, 5 * at.precision * at.true_positive_rate / (4 * at.precision + at.true_positive_rate));
      }
    }
    CHECK(v.auc() == doctest::Approx(right / static_cast<double>(v.similar() * v.dissimilar())));
    CHECK(v.scores(v.calibrate({Goal::accuracy, 0})).accuracy >= most - 1e-12);
    const VerificationScores f = v.scores(v.calibrate({Goal::f_score, 2}));
    CHECK(5 * f.precision * f.true_positive_rate / (4 * f.precision + f.true_positive_rate) >= best_f - 1e-12);
    CHECK(v.scores(v.calibrate({Goal::true_positive_rate, 0.9})).true_positive_rate >= 0.9);
    CHECK(v.scores(v.calibrate({Goal::true_negative_rate, 0.9})).true_negative_rate >= 0.9);
    const auto [rate, threshold] = v.equal_error();
    const VerificationScores at = v.scores(threshold);
    CHECK(rate >= 0);
    CHECK(rate <= 1);
    CHECK(1 - at.true_negative_rate <= rate + 1e-12);  // at the point before the crossing or on it
    CHECK(1 - at.true_positive_rate >= rate - 1e-12);
  }
}

TEST_CASE("the best error is that of the best of all rules, to take no pair or every pair for similar among them") {
  int none = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Random random(seed);
    const int count = 2 + static_cast<int>(random.below(12));
    Vector distances(count);
    std::vector<bool> similar;
    for (int p = 0; p < count; ++p) {
      similar.push_back(p == 0 || (p > 1 && random.below(2) == 0));  // one of each at least
      distances[p] = static_cast<double>(random.below(3));           // many at 0
    }
    const auto errors = [&](double threshold) {
      int wrong = 0;
      for (int p = 0; p < count; ++p) wrong += (distances[p] <= threshold) != similar[static_cast<std::size_t>(p)];
      return wrong;
    };
    int fewest = count;
    for (const double threshold : {-1.0, 0.0, 0.5, 1.0, 1.5, 2.0}) fewest = std::min(fewest, errors(threshold));
    const Verification v(distances, similar);
    const double best = v.most_accurate();
    CHECK(errors(best) == fewest);
    CHECK(v.scores(best).error * count == doctest::Approx(fewest));
    CHECK(fewest <= std::min(v.similar(), v.dissimilar()));
    if (best != kNoneSimilar) {
      CHECK(best == v.calibrate({}));
      continue;
    }
    ++none;
    CHECK_THROWS_AS(v.calibrate({}), InputError);
  }
  CHECK(none > 10);
  CHECK(none < 100);
}

TEST_CASE("perfect and hopeless distances") {
  const Verification perfect(Vector{{1.0, 2.0, 3.0, 4.0}}, {true, true, false, false});
  CHECK(perfect.auc() == 1);
  CHECK(perfect.equal_error().rate == 0);
  CHECK(perfect.calibrate({}) == 2.5);
  const Verification reversed(Vector{{3.0, 1.0}}, {true, false});
  CHECK(reversed.auc() == 0);
  CHECK(reversed.equal_error().rate == 1);
  const Verification equal(Vector{{2.0, 2.0, 2.0}}, {true, false, false});
  CHECK(equal.auc() == 0.5);
  CHECK(equal.equal_error().rate == 0.5);
  const Verification zero(Vector{{0.0, 0.0}}, {true, false});
  CHECK(zero.auc() == 0.5);
  CHECK(zero.equal_error().rate == 0.5);
  CHECK(zero.curve().size() == 1);
  CHECK_THROWS_WITH_AS(Verification(Vector{{1.0}}, {true}), "there is no dissimilar pair", InputError);
  CHECK_THROWS_WITH_AS(Verification(Vector{{1.0}}, {false}), "there is no similar pair", InputError);
  CHECK_THROWS_AS(Verification(Vector{{1.0, NAN}}, {false, true}), InputError);
  CHECK_THROWS_AS(Verification(Vector{{1.0}}, {false, true}), InputError);
}
