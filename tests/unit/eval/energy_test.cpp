#include "eval/knn/energy.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/random.hpp"
#include "neighbors/by_class.hpp"

using namespace maha;
using namespace maha::eval;

namespace {

Matrix uniform(Index n, Index d, std::uint64_t seed) {
  Random random(seed);
  Matrix X(n, d);
  for (double& x : X.reshaped()) x = 3 * random.uniform();
  return X;
}

double D(const Matrix& A, Index a, const Matrix& B, Index b) { return (A.row(a) - B.row(b)).squaredNorm(); }

// The formula, term by term.
double energy(const Matrix& X, const Labels& y, const std::vector<Index>& targets, const Matrix& Q, Index t, int c,
              const EnergyOptions& options) {
  std::vector<double> own;
  for (Index j = 0; j < X.rows(); ++j) {
    if (y[static_cast<std::size_t>(j)] == c) own.push_back(D(Q, t, X, j));
  }
  std::sort(own.begin(), own.end());
  double pull = 0, push = 0;
  for (std::size_t j = 0; j < static_cast<std::size_t>(options.k); ++j) {
    pull += own[j];
    for (Index l = 0; l < X.rows(); ++l) {
      if (y[static_cast<std::size_t>(l)] != c) push += std::max(0.0, options.margin + own[j] - D(Q, t, X, l));
    }
  }
  for (Index s = 0; s < static_cast<Index>(targets.size()); ++s) {
    const Index i = s / options.k, j = targets[static_cast<std::size_t>(s)];
    if (y[static_cast<std::size_t>(i)] != c) push += std::max(0.0, 1 + D(X, i, X, j) - D(X, i, Q, t));
  }
  return (1 - options.push_weight) * pull + options.push_weight * push;
}

}  // namespace

TEST_CASE("energy: the class of least energy, as the formula adds it up") {
  const Index n = 90;
  Matrix X = uniform(n, 3, 1), Q = uniform(70, 3, 2);
  Labels y;
  for (Index i = 0; i < n; ++i) {
    y.push_back(static_cast<int>(i % 4));
    X(i, 0) += y.back() % 2;
    X(i, 1) += y.back() / 2;
  }
  for (const EnergyOptions& options :
       {EnergyOptions{3, 0.5, 0}, EnergyOptions{2, 0.8, 1}, EnergyOptions{1, 0.1, 0.3}}) {
    const std::vector<Index> targets = neighbors::nearest_in_class(X, y, options.k).index;
    const Labels labels = classify_by_energy(X, y, X, Q, options, Threads(2));
    int faults = 0;
    std::vector<int> count(4);
    for (Index t = 0; t < Q.rows(); ++t) {
      std::vector<double> energies;
      for (int c = 0; c < 4; ++c) energies.push_back(energy(X, y, targets, Q, t, c, options));
      const auto least = std::min_element(energies.begin(), energies.end());
      faults += labels[static_cast<std::size_t>(t)] != static_cast<int>(least - energies.begin());
      ++count[static_cast<std::size_t>(least - energies.begin())];
    }
    CHECK(faults == 0);
    CHECK(*std::min_element(count.begin(), count.end()) > 0);
  }
}

TEST_CASE("energy: a class without rows is never the answer; sizes must fit") {
  const Matrix X = (Matrix(4, 1) << 0, 1, 5, 6).finished();
  const Labels y{0, 0, 2, 2};
  const std::vector<Index> targets = neighbors::nearest_in_class(X, y, 1).index;
  CHECK(targets == std::vector<Index>{1, 0, 3, 2});
  const Matrix Q = (Matrix(3, 1) << -1, 2.9, 7).finished();
  CHECK(classify_by_energy(X, y, X, Q, {.k = 1}) == Labels{0, 0, 2});
  CHECK_THROWS_AS(classify_by_energy(X, y, X.topRows(3), Q, {.k = 1}), InputError);
  CHECK_THROWS_AS(classify_by_energy(X, y, X, Q, {.k = 2}), InputError);
}

TEST_CASE("energy: classes that the fit dropped are dropped, else one without target neighbours is an error") {
  const Matrix X = (Matrix(5, 1) << 0, 5, 1, 3, 6).finished(), Q = (Matrix(4, 1) << -1, 2.9, 7, 3).finished();
  const Labels y{0, 2, 0, 1, 2};
  const Matrix without = X(std::vector<Index>{0, 1, 2, 4}, Eigen::all);
  CHECK(classify_by_energy(X, y, X, Q, {.k = 1, .drop_small_classes = true}) ==
        classify_by_energy(without, {0, 2, 0, 2}, without, Q, {.k = 1}));
  CHECK_THROWS_WITH_AS(classify_by_energy(X, y, X, Q, {.k = 1, .class_names = {"a", "b", "c"}}),
                       "class b has 1 row: the 1 target neighbours of the fit need at least 2", InputError);
  CHECK_THROWS_WITH_AS(classify_by_energy(X, y, X, Q, {.k = 2, .drop_small_classes = true}),
                       "no class has more than 2 rows", InputError);
  // one class that is left takes all
  CHECK(classify_by_energy(X.topRows(3), {1, 0, 1}, X.topRows(3), Q, {.k = 1, .drop_small_classes = true}) ==
        Labels{1, 1, 1, 1});
}
