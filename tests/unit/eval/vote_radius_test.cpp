#include "eval/radius/vote_radius.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "../dataset.hpp"
#include "../random_rows.hpp"
#include "core/error.hpp"
#include "core/random.hpp"
#include "neighbors/distance.hpp"

using namespace maha;
using namespace maha::eval;
using maha::test::random_rows;

namespace {

constexpr double kEndless = std::numeric_limits<double>::infinity();

struct VoteCase {
  Matrix Z;
  Labels y;
};

int at(const Labels& y, Index i) { return y[static_cast<std::size_t>(i)]; }

/// The rows nearest to q, by comparing all.
std::vector<Index> ranked(const VoteCase& data, const RowVector& q, Index self) {
  std::vector<Index> rows;
  for (Index i = 0; i < data.Z.rows(); ++i) {
    if (i != self) rows.push_back(i);
  }
  const auto squared = [&](Index i) {
    return neighbors::squared_distance(q.data(), data.Z.row(i).data(), data.Z.cols());
  };
  std::stable_sort(rows.begin(), rows.end(), [&](Index a, Index b) { return squared(a) < squared(b); });
  return rows;
}

/// The rules of the vote, as product documentation states them.
int elect(const VoteCase& data, const RowVector& q, Index self, Index k, Votes rule) {
  const std::vector<Index> rows = ranked(data, q, self);
  for (;; --k) {
    std::map<int, int> votes;
    for (Index i = 0; i < k; ++i) ++votes[at(data.y, rows[static_cast<std::size_t>(i)])];
    int most = 0, leaders = 0, winner = -1;
    for (const auto& entry : votes) most = std::max(most, entry.second);
    for (const auto& entry : votes) {
      if (entry.second == most && leaders++ == 0) winner = entry.first;
    }
    if (leaders == 1 || rule == Votes::lowest) return winner;
  }
}

VoteCase spread(Index n, Index d, int classes, std::uint64_t seed, bool on_grid) {
  VoteCase data{random_rows(n, d, seed), {}};
  Random random(seed + 100);
  for (Index i = 0; i < n; ++i) {
    data.y.push_back(static_cast<int>(random.uniform() * classes));
    data.Z(i, data.y.back() % d) += 0.8;
  }
  if (on_grid) data.Z = (2 * data.Z).array().round();
  return data;
}

VoteCase standardized(const std::string& name) {
  const Dataset read = read_dataset(name);
  Matrix Z = read.X.rowwise() - read.X.colwise().mean();
  const RowVector scale = (Z.colwise().squaredNorm() / static_cast<double>(Z.rows())).cwiseSqrt();
  Z.array().rowwise() /= scale.array();
  return {Z, read.y};
}

struct Asked {
  RowVector place;
  Index self;
};

std::vector<Asked> queries_for(const VoteCase& data, Index count, std::uint64_t seed) {
  const Matrix Q = 1.5 * random_rows(count, data.Z.cols(), seed);
  std::vector<Asked> all;
  for (Index i = 0; i < count; ++i) {
    const Index row = (7 * i + 3) % data.Z.rows();
    all.push_back({data.Z.row(row), row});
    all.push_back({data.Z.row((row + 5) % data.Z.rows()) + 0.2 * Q.row(i), -1});
  }
  return all;
}

/// The radii of all, and the classes elected.
std::vector<VoteRadius> radii_of(const VoteCase& data, const std::vector<Asked>& asked, Index k, Votes rule,
                                 Labels& elected, int threads = 1) {
  Matrix Q(static_cast<Index>(asked.size()), data.Z.cols());
  std::vector<Index> self;
  elected.clear();
  for (std::size_t i = 0; i < asked.size(); ++i) {
    Q.row(static_cast<Index>(i)) = asked[i].place;
    self.push_back(asked[i].self);
    elected.push_back(elect(data, asked[i].place, asked[i].self, k, rule));
  }
  const Threads pool(threads);
  const neighbors::NeighborIndex index(data.Z, pool);
  return VoteRadii(index, data.y, k, rule, pool).of(Q, elected, self, pool);
}

/// Points at `length` from the query: in random directions, and in those that are likely to change the vote.
std::vector<RowVector> attacks(const VoteCase& data, const Asked& asked, int elected, double length, Index random,
                               const RowVector& step, std::uint64_t seed) {
  const Matrix Q = random_rows(random, data.Z.cols(), seed);
  std::vector<RowVector> directions;
  for (Index i = 0; i < random; ++i) directions.emplace_back(Q.row(i));
  if (step.size() > 0) directions.push_back(step);
  const std::vector<Index> rows = ranked(data, asked.place, asked.self);
  std::vector<Index> own, others;
  for (const Index i : rows) {
    std::vector<Index>& side = at(data.y, i) == elected ? own : others;
    if (side.size() < 6) side.push_back(i);
  }
  RowVector all = RowVector::Zero(data.Z.cols());
  for (const Index b : others) {
    directions.emplace_back(data.Z.row(b) - asked.place);
    for (const Index a : own) {
      directions.emplace_back(data.Z.row(b) - data.Z.row(a));
      all += directions.back();
      directions.push_back(all);
    }
  }
  std::vector<RowVector> points;
  for (const RowVector& direction : directions) {
    if (direction.norm() > 0) points.push_back(asked.place + length / direction.norm() * direction);
  }
  return points;
}

RowVector step_of(const VoteCase& data, const VoteRadius& radius) {
  RowVector step = RowVector::Zero(data.Z.cols());
  for (const auto& term : radius.step) step += term.second * (data.Z.row(radius.rival) - data.Z.row(term.first));
  return step;
}

const std::vector<VoteCase>& vote_cases() {
  static const std::vector<VoteCase> all{spread(60, 3, 3, 1, false), spread(70, 2, 2, 2, true),
                                         spread(50, 6, 4, 3, false), spread(60, 3, 3, 4, true),
                                         standardized("wine"),       standardized("iris")};
  return all;
}

}  // namespace

TEST_CASE("vote radius: no point nearer than it elects another class") {
  for (const VoteCase& data : vote_cases()) {
    const std::vector<Asked> asked = queries_for(data, 8, 5);
    for (const Votes rule : {Votes::shrink, Votes::lowest}) {
      for (const Index k : {1, 2, 3, 4, 5, 8}) {
        Labels elected;
        const std::vector<VoteRadius> found = radii_of(data, asked, k, rule, elected);
        int tried = 0, fallen = 0;
        for (std::size_t q = 0; q < asked.size(); ++q) {
          if (found[q].radius == 0) continue;
          const double length = std::min(found[q].radius, 100.0) * (1 - 1e-12);
          const RowVector step = found[q].rival < 0 ? RowVector() : step_of(data, found[q]);
          for (const RowVector& point : attacks(data, asked[q], elected[q], length, 20, step, q)) {
            ++tried;
            fallen += elect(data, point, asked[q].self, k, rule) != elected[q];
          }
        }
        CHECK(tried > 150);
        CHECK(fallen == 0);
      }
    }
  }
}

TEST_CASE("vote radius: of one neighbour, the class changes where the step leads, at the radius") {
  for (const VoteCase& data : vote_cases()) {
    const std::vector<Asked> asked = queries_for(data, 20, 6);
    Labels elected;
    const std::vector<VoteRadius> found = radii_of(data, asked, 1, Votes::shrink, elected);
    int attained = 0;
    for (std::size_t q = 0; q < asked.size(); ++q) {
      if (found[q].radius == kEndless) continue;
      ++attained;
      REQUIRE(found[q].rival >= 0);
      const RowVector step = step_of(data, found[q]), rival = data.Z.row(found[q].rival) - asked[q].place;
      CHECK(step.norm() >= found[q].radius * (1 - 1e-12));
      CHECK(step.norm() <= found[q].radius * (1 + 1e-9) + 1e-12);
      if (found[q].radius == 0) continue;
      const double share = 0.01 * found[q].radius / rival.norm();
      const RowVector beyond = step + share * (rival - step);
      CHECK(beyond.norm() <= 1.01 * found[q].radius * (1 + 1e-9));
      CHECK(elect(data, asked[q].place + beyond, asked[q].self, 1, Votes::shrink) != elected[q]);
    }
  }
}

TEST_CASE("vote radius: of several neighbours it is the formula's, over all pairs of rows") {
  for (const std::size_t which : {0, 1, 2, 3}) {  // their classes have few enough rows
    const VoteCase& data = vote_cases()[which];
    const std::vector<Asked> asked = queries_for(data, 6, 7);
    const Index classes = *std::max_element(data.y.begin(), data.y.end()) + 1;
    for (const Votes rule : {Votes::shrink, Votes::lowest}) {
      for (const Index k : {2, 3, 5}) {
        Labels elected;
        const std::vector<VoteRadius> found = radii_of(data, asked, k, rule, elected);
        for (std::size_t q = 0; q < asked.size(); ++q) {
          std::vector<Index> own;
          for (const Index i : ranked(data, asked[q].place, asked[q].self)) {
            if (at(data.y, i) == elected[q]) own.push_back(i);
          }
          const auto squared = [&](Index i) { return (asked[q].place - data.Z.row(i)).squaredNorm(); };
          const auto needed = static_cast<std::size_t>(rule == Votes::lowest ? k / 2 : (k - 1) / 2) + 1;
          if (own.size() > needed + 15) own.resize(needed + 15);
          double least = kEndless;
          for (int e = 0; e < classes; ++e) {
            if (e == elected[q]) continue;
            for (Index p = (k + classes - 1) / classes; p <= k; ++p) {
              const Index t = std::min(rule == Votes::lowest && e < elected[q] ? p : p - 1, k - p);
              std::vector<double> bounds;
              for (Index b = 0; b < data.Z.rows(); ++b) {
                if (b == asked[q].self || at(data.y, b) != e) continue;
                std::vector<double> s;
                for (const Index a : own) {
                  const double apart = (data.Z.row(a) - data.Z.row(b)).norm();
                  s.push_back(apart == 0 ? (a < b ? kEndless : 0)
                                         : std::max(0.0, (squared(b) - squared(a)) / (2 * apart)));
                }
                std::sort(s.begin(), s.end(), std::greater<>());
                bounds.push_back(t < std::ssize(s) ? s[static_cast<std::size_t>(t)] : 0);
              }
              std::sort(bounds.begin(), bounds.end());
              if (p <= std::ssize(bounds)) least = std::min(least, bounds[static_cast<std::size_t>(p - 1)]);
            }
          }
          if (least == kEndless) {
            CHECK(found[q].radius == kEndless);
          } else {
            CHECK(found[q].radius <= least);
            CHECK(found[q].radius >= least * (1 - 1e-9) - 1e-12);
          }
        }
      }
    }
  }
}

TEST_CASE("vote radius: by hand, where several rows of the class stand in the way") {
  const RowVector origin = RowVector::Zero(2);
  Labels elected;
  const auto radius = [&](const VoteCase& data, const RowVector& q, Index k = 1) {
    return radii_of(data, {{q, -1}}, k, Votes::shrink, elected).front();
  };
  VoteCase line{Matrix(3, 1), {0, 0, 1}};
  line.Z << 0, 3, 4;
  CHECK(radius(line, RowVector::Constant(1, 1.0)).radius == doctest::Approx(2.5).epsilon(1e-12));  // not 1, half-way

  VoteCase corner{Matrix(3, 2), {0, 0, 1}};
  corner.Z << 1, 1, 1, -1, 2, 0;
  const VoteRadius found = radius(corner, origin);  // x >= 1 + |y|: both planes are at 1/sqrt(2)
  CHECK(found.radius == doctest::Approx(1).epsilon(1e-12));
  CHECK(found.rival == 2);
  CHECK(found.other == 2);
  CHECK(found.other_squared == 4);
  CHECK((step_of(corner, found) - RowVector::Unit(2, 0)).norm() < 1e-12);
}

TEST_CASE("vote radius: ties, rows at the same place, and classes that cannot win") {
  Labels elected;
  const auto radius = [&](const Matrix& Z, const Labels& y, double q, Index k = 1, Index self = -1) {
    return radii_of({Z, y}, {{RowVector::Constant(1, q), self}}, k, Votes::shrink, elected).front();
  };
  const Matrix tied = Vector{{0, 0, 3}};
  CHECK(radius(tied, {0, 1, 1}, 0).radius == doctest::Approx(1.5));  // row 2 always comes after row 1, at its place
  CHECK(radius(tied, {0, 1, 1}, 0).rival == 2);
  CHECK(radius(tied, {0, 1, 0}, 0).radius == kEndless);
  CHECK(radius(tied, {0, 1, 0}, 0).rival == -1);
  CHECK(radius(tied, {0, 1, 0}, 0, 1, 0).radius == doctest::Approx(1.5));  // without row 1 row 2 is elected
  Matrix behind(24, 1);  // beyond 20 rows of the class the last one, at 1 as is row 22, which so comes after it
  for (Index i = 0; i < 20; ++i) behind(i, 0) = 0.01 * static_cast<double>(i + 1);
  behind.bottomRows(4) << 1, 3, 1, 4;
  Labels behind_classes(24, 0);
  for (const std::size_t i : {21U, 22U, 23U}) behind_classes[i] = 1;
  CHECK(radius(behind, behind_classes, 0).radius == doctest::Approx(2).epsilon(1e-9));
  CHECK(radius(behind, behind_classes, 0).rival == 21);
  const Matrix between = Vector{{-1, 1}};
  CHECK(radius(between, {0, 1}, 0).radius == 0);
  CHECK(elected.front() == 0);
  CHECK(radius(between, {0, 0}, 0).radius == kEndless);  // one class
  CHECK(radius(between, {0, 0}, 0).other == -1);
  const Matrix few = Vector{{0, 1, 2, 0.1}};
  CHECK(radius(few, {0, 0, 0, 1}, 0.2, 3).radius == kEndless);                   // one row cannot have a majority of 3
  CHECK(radius(Vector{{0, 0, 1, 1}}, {0, 1, 0, 1}, 0.2, 2).radius == kEndless);  // each comes after one of the others
  CHECK(radius(Vector{{0, 0, 1, 1}}, {0, 1, 1, 0}, 0.2, 2).radius == doctest::Approx(0.3).epsilon(1e-12));
}

TEST_CASE("vote radius: the same bits on any number of threads; what it is not for is refused") {
  const VoteCase data = standardized("wine");
  const std::vector<Asked> asked = queries_for(data, 30, 8);
  for (const Index k : {1, 3}) {
    Labels elected;
    const auto one = radii_of(data, asked, k, Votes::shrink, elected, 1);
    const auto three = radii_of(data, asked, k, Votes::shrink, elected, 3);
    int differ = 0;
    for (std::size_t q = 0; q < asked.size(); ++q)
      differ += one[q].radius != three[q].radius || one[q].step != three[q].step;
    CHECK(differ == 0);
  }
  const neighbors::NeighborIndex index(data.Z);
  CHECK_THROWS_AS(VoteRadii(index, data.y, 3, Votes::weighted), InputError);
  CHECK_THROWS_AS(VoteRadii(index, {0, 1}, 3, Votes::shrink), InputError);
  CHECK_THROWS_AS(VoteRadii(index, data.y, 0, Votes::shrink), InputError);
}
