#include "learn/lmnn/triplets.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/error.hpp"
#include "core/random.hpp"
#include "learn/lmnn/lmnn.hpp"
#include "learn/lmnn/neighbors.hpp"
#include "prepare/preprocessing.hpp"
#include "unit/dataset.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/learn/lmnn/lmnn_check.hpp"
#include "unit/long_case.hpp"
#include "unit/random_rows.hpp"

using namespace maha;
using namespace maha::learn;
using namespace maha::learn::lmnn;

namespace {

// Of three rows at random, the nearer one by the first two features is `near`: so M has much to say of these two. Some
// triplets come twice.
Triplets some_triplets(const Matrix& X, Index count, std::uint64_t seed) {
  Random random(seed);
  Triplets triplets;
  while (static_cast<Index>(triplets.size()) < count) {
    Triplet t{random.below(X.rows()), random.below(X.rows()), random.below(X.rows())};
    if (t.anchor == t.near || t.anchor == t.far || t.near == t.far) continue;
    const auto away = [&](Index o) { return (X.row(t.anchor) - X.row(o)).head(2).squaredNorm(); };
    if (away(t.near) > away(t.far)) std::swap(t.near, t.far);
    triplets.push_back(t);
    if (triplets.size() % 7 == 0) triplets.push_back(t);
  }
  return triplets;
}

// Every (i, j, l) of LMNN with k targets by Euclidean distance.
Triplets triplets_of(const Dataset& data, Index k) {
  const auto targets = lmnn_check::targets(data.X, data.y, k);
  Triplets triplets;
  for (Index i = 0; i < data.X.rows(); ++i) {
    for (const Index j : targets[i]) {
      for (Index l = 0; l < data.X.rows(); ++l) {
        if (data.y[l] != data.y[i]) triplets.push_back({i, j, l});
      }
    }
  }
  return triplets;
}

SquareMatrix outer(const Matrix& X, Index a, Index b) {
  return (X.row(a) - X.row(b)).transpose() * (X.row(a) - X.row(b));
}

// The problem as it is written, from the rows and the list alone: pull, objective, and what multipliers prove.
struct Twin {
  const Matrix& X;
  const Triplets& triplets;
  double mu = 0.5;
  bool diagonal = false;

  SquareMatrix C() const {
    std::set<std::pair<Index, Index>> pairs;
    for (const auto& [i, j, l] : triplets) pairs.emplace(i, j);
    SquareMatrix sum = SquareMatrix::Zero(X.cols(), X.cols());
    for (const auto& [i, j] : pairs) sum += outer(X, i, j);
    return sum;
  }

  double objective(const SquareMatrix& M) const {
    double sum = 0;
    for (const auto& [i, j, l] : triplets) {
      sum += std::max(0.0, 1 + (outer(X, i, j) - outer(X, i, l)).cwiseProduct(M).sum());
    }
    return (1 - mu) * C().cwiseProduct(M).sum() + mu * sum;
  }

  // alpha <= mu for each time a triplet is listed, and (1-mu) C - sum alpha (C_il - C_ij) >= 0 once alpha is divided by
  // t.
  double bound(const std::vector<TripletMultiplier>& dual, double upper) const {
    std::map<Triplet, double> room;
    for (const Triplet& t : triplets) room[t] += mu;
    SquareMatrix H = SquareMatrix::Zero(X.cols(), X.cols());
    double sum = 0;
    for (const auto& [i, j, l, alpha] : dual) {
      CHECK(alpha >= 0);
      room[{i, j, l}] -= alpha;
      sum += alpha;
      H += alpha * (outer(X, i, l) - outer(X, i, j));
    }
    for (const auto& [triplet, left] : room) REQUIRE(left >= -1e-12);
    double t = (H.diagonal().array() / C().diagonal().array()).maxCoeff() / (1 - mu);
    if (!diagonal) {
      t = Eigen::GeneralizedSelfAdjointEigenSolver<SquareMatrix>(H, (1 - mu) * C()).eigenvalues().maxCoeff();
    }
    return std::max(sum / std::max(1.0, t), sum - upper * std::max(0.0, t - 1));
  }
};

const Triplets kOne{{0, 1, 2}};

}  // namespace

TEST_CASE("lmnn of triplets: primal and dual, recomputed from the list, are what the report says") {
  const Matrix X = test::uniform_rows(80, 5, 1);
  for (const bool diagonal : {false, true}) {
    for (const double mu : {0.5, 0.7, 0.9}) {
      const Triplets triplets = some_triplets(X, 400, 2);
      const LmnnOptions options{.push_weight = mu, .tolerance = 1e-5, .diagonal = diagonal, .want_dual = true};
      const Fit result = fit_lmnn({X, {}, {}, triplets}, options);
      CHECK(converged(result));
      CHECK(number(result, "ridge") == 0);
      CHECK(number(result, "triplets") == static_cast<double>(triplets.size()));
      const Twin twin{X, triplets, mu, diagonal};
      const double F = twin.objective(result.linear().matrix());
      CHECK(F == doctest::Approx(number(result, "objective")).epsilon(1e-10));
      const double bound = twin.bound(result.dual, F);
      CHECK(bound <= F * (1 + 1e-12));
      CHECK(result.linear().rank() >= 2);
      CHECK(bound >= (1 - 1.001e-5) * F);
      CHECK(bound == doctest::Approx(number(result, "bound")).epsilon(1e-8));
    }
  }
}

TEST_CASE("lmnn of triplets: all the triplets of classes make LMNN's problem" * test::long_if_sanitized()) {
  Dataset data = read_dataset("wine");
  data.X = prepare::fit_preprocessing(data.X, {prepare::Scale::zscore, 0}).apply(data.X);
  const Triplets triplets = triplets_of(data, 3);
  const Fit result = fit_lmnn({data.X, {}, {}, triplets}, {.tolerance = 1e-5});
  CHECK(converged(result));
  // The optimum as another program found it for the labelled problem.
  CHECK(number(result, "objective") >= 208.9111640 * (1 - 1e-9));
  CHECK(number(result, "objective") <= 208.9111640 * (1 + 1e-5));
  CHECK(number(result, "bound") <= 208.9111640 * (1 + 1e-9));
  CHECK(number(result, "rank") == number(fit_lmnn({data.X, data.y}, {.tolerance = 1e-5}), "rank"));
  const Fit weights = fit_lmnn({data.X, {}, {}, triplets}, {.tolerance = 1e-6, .diagonal = true});
  CHECK(number(weights, "objective") ==
        doctest::Approx(number(fit_lmnn({data.X, data.y}, {.tolerance = 1e-6, .diagonal = true}), "objective"))
            .epsilon(2e-6));

  // At any point both count the same hinges.
  learn::lmnn::RowLists lists;
  for (const auto& row : lmnn_check::targets(data.X, data.y, 3)) {
    lists.other.insert(lists.other.end(), row.begin(), row.end());
    lists.begin.push_back(lists.size());
  }
  const learn::lmnn::NeighborProblem searched(data.y, lists, 0.4);
  const learn::lmnn::TripletProblem listed(triplets, data.X.rows(), 0.4);
  CHECK(listed.targets().size() == lists.size());
  for (const double scale : {0.05, 0.3, 1.0}) {
    learn::lmnn::Point point;
    point.P = scale * data.X;
    const Run run{Threads(2), {}};
    const auto cone = learn::lmnn::psd_cone({data.X}, run.threads);
    const learn::lmnn::FullPass a = searched.full_pass(point, 0, *cone, run),
                                b = listed.full_pass(point, 0, *cone, run);
    CHECK(a.active == b.active);
    CHECK(a.active > 0);
    CHECK(a.hinges == doctest::Approx(b.hinges).epsilon(1e-12));
  }
}

TEST_CASE("lmnn of triplets: the optimum as a linear program with cutting planes finds it") {
  // tests/reference/lmnn_cutting_planes.py datasets/wine.csv with --columns 1,7,10 --step 6 --triplets FILE, its lines
  // anchor,near,far as below, rows from 1.
  const Dataset wine = read_dataset("wine");
  const Matrix X = wine.X(Eigen::seq(Index{0}, wine.X.rows() - 1, 6), std::vector<Index>{0, 6, 9});
  REQUIRE(X.rows() == 30);
  Triplets triplets;
  for (Index t = 0; t < 90; ++t) triplets.push_back({t % 30, (t + 1 + t / 30) % 30, (t + 10 + t % 7) % 30});
  const Fit result = fit_lmnn({X, {}, {}, triplets}, {.tolerance = 1e-7});
  CHECK(number(result, "objective") == doctest::Approx(31.5341503645).epsilon(2e-7));
  CHECK(number(result, "bound") == doctest::Approx(31.5341503645).epsilon(2e-7));
}

TEST_CASE("lmnn of triplets: one triplet on a line, listed once or twice") {
  // D(0,1) = m, D(0,2) = 9m: F(m) = (1-mu) m + mu [1 - 8m]_+, lowest at m = 1/8 if 8 mu > 1 - mu, else at 0.
  const Matrix X = (Matrix(3, 1) << 0, 1, 3).finished();
  const Fit result = fit_lmnn({X, {}, {}, kOne}, {.tolerance = 1e-9});
  CHECK(result.linear().matrix()(0, 0) == doctest::Approx(0.125).epsilon(1e-8));
  CHECK(number(result, "objective") == doctest::Approx(0.0625).epsilon(1e-8));
  const LmnnOptions weak{.push_weight = 0.1, .tolerance = 1e-9};
  CHECK(number(fit_lmnn({X, {}, {}, kOne}, weak), "objective") == doctest::Approx(0.1).epsilon(1e-8));
  // Twice, it is pushed twice and pulled once: F(m) = 0.9 m + 0.2 [1 - 8m]_+.
  const Fit twice = fit_lmnn({X, {}, {}, {{0, 1, 2}, {0, 1, 2}}}, weak);
  CHECK(number(twice, "objective") == doctest::Approx(0.9 / 8).epsilon(1e-8));
  CHECK(twice.linear().matrix()(0, 0) == doctest::Approx(0.125).epsilon(1e-8));
}

TEST_CASE("lmnn of triplets: those that contradict each other leave M = 0, and so do equal rows") {
  const Matrix X = test::uniform_rows(3, 2, 3);
  const Fit result = fit_lmnn({X, {}, {}, {{0, 1, 2}, {0, 2, 1}}}, {.tolerance = 1e-6, .want_dual = true});
  CHECK(converged(result));
  CHECK(number(result, "objective") == doctest::Approx(1).epsilon(2e-6));
  CHECK(number(result, "bound") <= 1 + 1e-12);
  CHECK(result.linear().matrix().norm() <= 1e-4);

  const Fit flat = fit_lmnn({Matrix::Constant(4, 2, 7.0), {}, {}, {{0, 1, 2}, {0, 1, 3}, {3, 1, 2}, {3, 1, 2}}},
                            {.want_dual = true});
  CHECK(number(flat, "objective") == 2);
  CHECK(number(flat, "gap") == 0);
  CHECK(flat.dual.size() == 4);
  CHECK(flat.linear().matrix().isZero(0));
}

TEST_CASE("lmnn of triplets: their order and the number of threads change no bit") {
  const Matrix X = test::uniform_rows(600, 6, 4);
  Triplets triplets = some_triplets(X, 3000, 5);
  const Fit plain = fit_lmnn({X, {}, {}, triplets});
  CHECK(converged(plain));
  std::reverse(triplets.begin(), triplets.end());
  Run run;
  run.threads = Threads(3);
  const Fit other = fit_lmnn({X, {}, {}, triplets}, {}, run);
  CHECK(other.linear().factor() == plain.linear().factor());
  CHECK(number(other, "bound") == number(plain, "bound"));
}

TEST_CASE("lmnn of triplets: rows in none of them count for nothing") {
  const Matrix X = test::uniform_rows(60, 4, 6);
  const Triplets triplets = some_triplets(X, 200, 7);
  const Fit plain = fit_lmnn({X, {}, {}, triplets}, {.want_dual = true});
  Matrix more(90, 4);  // every third row is another
  Triplets same = triplets;
  const auto place = [](Index i) { return i / 2 * 3 + i % 2; };
  for (Index i = 0; i < 60; ++i) more.row(place(i)) = X.row(i);
  for (Index i = 2; i < 90; i += 3) more.row(i) = RowVector::Constant(4, 1e6 * static_cast<double>(i));
  for (auto& [i, j, l] : same) i = place(i), j = place(j), l = place(l);
  const Fit result = fit_lmnn({more, {}, {}, same}, {.want_dual = true});
  CHECK(number(result, "rows") == number(plain, "rows"));
  CHECK(result.linear().factor() == plain.linear().factor());
  REQUIRE(result.dual.size() == plain.dual.size());
  CHECK(result.dual.back().l == place(plain.dual.back().l));
}

TEST_CASE("lmnn of triplets: fewer of them than features need the ridge, and say so") {
  const Matrix X = test::uniform_rows(9, 8, 8);
  const Fit result = fit_lmnn({X, {}, {}, {{0, 1, 2}, {3, 4, 5}, {6, 7, 8}}});
  CHECK(converged(result));
  CHECK(number(result, "ridge") == 1e-3);
  CHECK(result.warnings.size() == 1);
}

TEST_CASE("lmnn of triplets: a start from an optimum is quick, and a low rank is no better than it") {
  const Matrix X = test::uniform_rows(80, 5, 9);
  const Triplets triplets = some_triplets(X, 400, 10);
  const Fit full = fit_lmnn({X, {}, {}, triplets}, {.tolerance = 1e-4});
  const Fit again = fit_lmnn(started({X, {}, {}, triplets}, full.metric), {.tolerance = 1e-4});
  CHECK(converged(again));
  CHECK(number(again, "iterations") < number(full, "iterations"));
  const Fit line = fit_lmnn({X, {}, {}, triplets}, {.tolerance = 1e-3, .rank = 1});
  CHECK(line.linear().rank() == 1);
  CHECK(number(line, "objective") >= number(full, "bound"));
  CHECK(number(line, "bound") <= number(full, "objective"));
  CHECK(Twin{X, triplets}.objective(line.linear().matrix()) ==
        doctest::Approx(number(line, "objective")).epsilon(1e-10));
}

TEST_CASE("lmnn of triplets: misuse is refused") {
  const Matrix X = test::uniform_rows(5, 2, 11);
  CHECK_THROWS_WITH_AS(fit_lmnn({X}), "LMNN: 5 rows, but 0 labels", InputError);
  CHECK_THROWS_WITH_AS(fit_lmnn({X, {}, {}, {{0, 1, 2}, {0, 1, 5}}}),
                       "triplet 2 is of rows 1, 2 and 6: three different rows of 1 to 5 are wanted", InputError);
  for (const Triplet& bad : {Triplet{1, 1, 2}, Triplet{1, 2, 1}, Triplet{0, 2, 2}, Triplet{-1, 1, 2}}) {
    CHECK_THROWS_AS(fit_lmnn({X, {}, {}, {bad}}), InputError);
  }
  CHECK_THROWS_AS(fit_lmnn({X, {}, {}, kOne}, {.push_weight = 0}), UsageError);
  CHECK_THROWS_AS(fit_lmnn({Matrix::Constant(3, 1, 1.0 / 0.0), {}, {}, kOne}), InputError);
}
