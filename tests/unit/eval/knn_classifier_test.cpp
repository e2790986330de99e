#include "eval/knn/knn_classifier.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <map>

#include "core/error.hpp"
#include "core/random.hpp"

using namespace maha;
using namespace maha::eval;

namespace {

/// One query whose neighbours, nearest first, have these classes; they lie at distances 1, 2, 3, ... unless given.
struct OneQuery {
  neighbors::NeighborLists neighbors;
  Labels y;

  explicit OneQuery(Labels classes, std::vector<double> distances = {}) : y(std::move(classes)) {
    neighbors.k = static_cast<Index>(y.size());
    for (Index i = 0; i < neighbors.k; ++i) {
      const double d = distances.empty() ? static_cast<double>(i + 1) : distances[static_cast<std::size_t>(i)];
      neighbors.index.push_back(i);
      neighbors.squared.push_back(d * d);
    }
  }

  KnnPrediction all(Votes votes) const { return knn_vote(neighbors, y, {neighbors.k}, votes).front(); }
  int winner(Votes votes) const { return all(votes).label.front(); }
  double share(Votes votes) const { return all(votes).share.front(); }
};

/// The rules as they are written down, one query and one k at a time.
int written_rule(const neighbors::NeighborLists& lists, const Labels& y, std::size_t q, Index k, Votes votes) {
  const std::size_t first = q * static_cast<std::size_t>(lists.k);
  std::map<int, double> count;
  for (std::size_t j = first; j < first + static_cast<std::size_t>(k); ++j) {
    double w = 1;
    if (votes == Votes::weighted) {
      w = lists.squared[first] == 0 ? (lists.squared[j] == 0 ? 1 : 0) : 1 / std::sqrt(lists.squared[j]);
    }
    count[y[static_cast<std::size_t>(lists.index[j])]] += w;
  }
  double most = 0;
  for (const auto& [c, n] : count) most = std::max(most, n);
  std::vector<int> leaders;  // ascending, as the map is
  for (const auto& [c, n] : count) {
    if (n == most) leaders.push_back(c);
  }
  if (votes == Votes::shrink && leaders.size() > 1) return written_rule(lists, y, q, k - 1, votes);
  return leaders.front();
}

/// 400 queries of 12 neighbours, few classes and few distances, so that most votes tie.
neighbors::NeighborLists random_lists(Index rows, std::uint64_t seed) {
  Random random(seed);
  neighbors::NeighborLists lists{12, {}, {}};
  for (int q = 0; q < 400; ++q) {
    double distance = static_cast<double>(random.below(2));  // powers of two: every sum of 1/distance is exact
    for (Index j = 0; j < lists.k; ++j) {
      if (random.below(3) == 0) distance = distance == 0 ? 1 : 2 * distance;
      lists.index.push_back(random.below(rows));
      lists.squared.push_back(distance * distance);
    }
  }
  return lists;
}

Labels random_labels(Index rows, int classes, std::uint64_t seed) {
  Random random(seed);
  Labels y;
  for (Index i = 0; i < rows; ++i) y.push_back(static_cast<int>(random.below(classes)));
  return y;
}

constexpr Votes kRules[] = {Votes::shrink, Votes::lowest, Votes::weighted};

}  // namespace

TEST_CASE("knn_vote: a majority wins under every rule that counts heads") {
  const OneQuery query({2, 0, 0});
  CHECK(query.winner(Votes::shrink) == 0);
  CHECK(query.winner(Votes::lowest) == 0);
  CHECK(query.share(Votes::shrink) == doctest::Approx(2.0 / 3));
}

TEST_CASE("knn_vote: shrink lowers k until one class leads") {
  CHECK(OneQuery({2, 1, 0}).winner(Votes::shrink) == 2);           // 1-1-1, 1-1, then 2 alone
  CHECK(OneQuery({2, 1, 1, 2}).winner(Votes::shrink) == 1);        // 2-2, then 2, 1, 1
  CHECK(OneQuery({0, 1, 2, 2, 1, 0}).winner(Votes::shrink) == 2);  // a class that is third overall may lead before
  CHECK(OneQuery({2, 1, 0}).share(Votes::shrink) == doctest::Approx(1.0 / 3));  // of all k votes
}

TEST_CASE("knn_vote: lowest gives a tie to the class first in label order") {
  CHECK(OneQuery({2, 1, 0}).winner(Votes::lowest) == 0);
  CHECK(OneQuery({2, 1, 1, 2}).winner(Votes::lowest) == 1);
  CHECK(OneQuery({1, 2, 2, 1, 0}).winner(Votes::lowest) == 1);
}

TEST_CASE("knn_vote: weighted sums 1/distance") {
  CHECK(OneQuery({1, 0, 0}, {1, 3, 3}).winner(Votes::weighted) == 1);      // 1 against 2/3
  CHECK(OneQuery({1, 0, 0}, {1, 1.5, 1.5}).winner(Votes::weighted) == 0);  // 1 against 4/3
  CHECK(OneQuery({1, 0, 0}, {1, 2, 2}).winner(Votes::weighted) == 0);      // 1 against 1: the lowest
  CHECK(OneQuery({1, 0, 0}, {1, 3, 3}).share(Votes::weighted) == doctest::Approx(0.6));
}

TEST_CASE("knn_vote: rows at distance 0 alone decide a weighted vote") {
  const OneQuery one({1, 0, 0, 0}, {0, 1e-150, 1, 2});
  CHECK(one.winner(Votes::weighted) == 1);
  CHECK(one.share(Votes::weighted) == 1.0);
  const OneQuery more({2, 1, 2, 0, 0, 0, 0}, {0, 0, 0, 1, 1, 1, 1});
  CHECK(more.winner(Votes::weighted) == 2);
  CHECK(more.share(Votes::weighted) == doctest::Approx(2.0 / 3));
  CHECK(OneQuery({2, 1, 0}, {0, 0, 1}).winner(Votes::weighted) == 1);
}

TEST_CASE("knn_vote: weights neither overflow nor vanish at extreme distances") {
  for (const double scale : {1e-154, 1e150, HUGE_VAL}) {
    const OneQuery query({0, 1, 1}, {scale, scale, scale});
    CHECK(query.winner(Votes::weighted) == 1);
    CHECK(query.share(Votes::weighted) == doctest::Approx(2.0 / 3));
  }
  CHECK(OneQuery({1, 0, 0}, {1, HUGE_VAL, HUGE_VAL}).share(Votes::weighted) == 1.0);
}

TEST_CASE("knn_vote: what the written rules say, for all k in one pass") {
  const neighbors::NeighborLists lists = random_lists(50, 1);
  const std::vector<Index> ks{7, 1, 2, 12, 3, 2};
  int differ = 0;
  for (const int classes : {1, 2, 5}) {
    const Labels y = random_labels(50, classes, 2);
    for (const Votes rule : kRules) {
      const auto predictions = knn_vote(lists, y, ks, rule);
      REQUIRE(predictions.size() == ks.size());
      for (std::size_t i = 0; i < ks.size(); ++i) {
        differ += predictions[i].k != ks[i];
        for (std::size_t q = 0; q < 400; ++q) {
          differ += predictions[i].label[q] != written_rule(lists, y, q, ks[i], rule);
        }
      }
    }
  }
  CHECK(differ == 0);
}

TEST_CASE("knn_vote: shrink does not depend on how the classes are numbered") {
  const neighbors::NeighborLists lists = random_lists(50, 3);
  const Labels y = random_labels(50, 4, 4);
  const int renamed[] = {2, 0, 3, 1};
  Labels z;
  for (const int c : y) z.push_back(renamed[c]);
  const KnnPrediction a = knn_vote(lists, y, {6}, Votes::shrink).front();
  const KnnPrediction b = knn_vote(lists, z, {6}, Votes::shrink).front();
  int differ = 0;
  for (std::size_t q = 0; q < a.label.size(); ++q) differ += renamed[a.label[q]] != b.label[q];
  CHECK(differ == 0);
  CHECK(a.share == b.share);
}

TEST_CASE("knn_vote: no queries, no answers; what cannot be counted is refused") {
  CHECK(knn_vote({3, {}, {}}, {0, 1}, {1, 3}).at(1).label.empty());
  const OneQuery query({0, 1, 1});
  CHECK_THROWS_AS(knn_vote(query.neighbors, query.y, {0}), InputError);
  CHECK_THROWS_AS(knn_vote(query.neighbors, query.y, {4}), InputError);
  CHECK_THROWS_AS(knn_vote(query.neighbors, {0, 1}, {1}), InputError);
  CHECK_THROWS_AS(knn_vote(query.neighbors, {0, 1, -1}, {1}), InputError);
}

TEST_CASE("votes by 1/distance where the squares are no numbers") {
  neighbors::NeighborLists lists{3, {0, 1, 2}, {0, 0, 0}};
  lists.lengths = {1e-200, 3e-200, 3.1e-200};  // 1 against 1/3 + 1/3.1
  CHECK(knn_vote(lists, {0, 1, 1}, {3}, Votes::weighted)[0].label[0] == 0);
  lists.lengths = {2e200, 3e200, 3.1e200};  // 1 against 2/3 + 2/3.1
  CHECK(knn_vote(lists, {0, 1, 1}, {3}, Votes::weighted)[0].label[0] == 1);
}
