#include "linalg/distance_loss.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "unit/random_rows.hpp"

using namespace maha;

namespace {

// A loss that is neither symmetric in its rows nor a softmax: sum_j a_ij sin(d_ij), a_ij = 1 + i + 2 j.
double sine_loss(Index i, linalg::RowPart d) {
  double sum = 0;
  for (Index j = 0; j < d.size(); ++j) {
    if (j == i) {
      d[j] = 0;
      continue;
    }
    const double a = 1 + static_cast<double>(i + 2 * j);
    sum += a * std::sin(d[j]);
    d[j] = a * std::cos(d[j]);
  }
  return sum;
}

double sine_by_hand(const Matrix& X, const Matrix& L) {
  double sum = 0;
  for (Index i = 0; i < X.rows(); ++i) {
    for (Index j = 0; j < X.rows(); ++j) {
      if (i == j) continue;
      const RowVector v = X.row(i) - X.row(j);
      sum += (1 + static_cast<double>(i + 2 * j)) * std::sin((v * L.transpose()).squaredNorm());
    }
  }
  return sum;
}

}  // namespace

TEST_CASE("a loss of distances: its value is that of the pairs one by one, its gradient that of finite differences") {
  const Matrix X = test::random_rows(130, 3, 1);  // more than two tiles
  Matrix L = test::random_rows(2, 3, 2);
  const linalg::DistanceLoss at = linalg::distance_loss(X, L, sine_loss, Run());
  CHECK(at.value == doctest::Approx(sine_by_hand(X, L)).epsilon(1e-10));
  const Matrix G = 2 * L * at.scatter;
  constexpr double kStep = 1e-5;
  for (Index k = 0; k < L.size(); ++k) {
    Matrix up = L, down = L;
    up.data()[k] += kStep;
    down.data()[k] -= kStep;
    const double slope = (sine_by_hand(X, up) - sine_by_hand(X, down)) / (2 * kStep);
    CHECK(std::abs(G.data()[k] - slope) <= 1e-6 * G.norm());
  }
  const Vector m{{0.5, 2, 1}};
  const Matrix roots = m.cwiseSqrt().asDiagonal();
  const linalg::DistanceLoss full = linalg::distance_loss(X, roots, sine_loss, Run());
  const linalg::DistanceLoss weights = linalg::distance_loss_of_weights(X, m, sine_loss, Run());
  CHECK(weights.value == doctest::Approx(full.value).epsilon(1e-12));
  CHECK((weights.scatter - full.scatter.diagonal()).norm() <= 1e-10 * full.scatter.norm());
  for (const int threads : {2, 3}) {
    const Run run{Threads(threads), {}};
    CHECK(linalg::distance_loss(X, L, sine_loss, run).scatter == at.scatter);
    CHECK(linalg::distance_loss_of_weights(X, m, sine_loss, run).scatter == weights.scatter);
  }
}

TEST_CASE("a loss of distances is infinite where these overflow or the run is to stop") {
  const Matrix X = test::random_rows(10, 2, 3);
  CHECK(std::isinf(linalg::distance_loss(X, 1e200 * Matrix::Identity(2, 2), sine_loss, Run()).value));
  const Run stopped{Threads(), {}, [] { return true; }};
  CHECK(std::isinf(linalg::distance_loss(X, Matrix::Identity(2, 2), sine_loss, stopped).value));
}

TEST_CASE("softmax of distances: right at any scale, 0 where far, and 0 of oneself") {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  RowVector d{{1, kInfinity, 2, 1.5, 40, 0.25, 9}};
  RowVector p = d;
  const double log_sum = linalg::softmax_of_negative(p);
  double sum = 0;
  for (Index j = 0; j < d.size(); ++j) sum += std::exp(-d[j]);
  CHECK(log_sum == doctest::Approx(std::log(sum)).epsilon(1e-14));
  for (Index j = 0; j < d.size(); ++j) CHECK(std::abs(p[j] - std::exp(-d[j]) / sum) <= 1e-15);
  CHECK(p[1] == 0);

  RowVector far{{1e6 + 1, kInfinity, 1e6, 2e6, 1e300}};
  const double log_far = linalg::softmax_of_negative(far);
  CHECK(log_far == doctest::Approx(-1e6 + std::log1p(std::exp(-1.0))).epsilon(1e-15));
  CHECK(far[2] == doctest::Approx(1 / (1 + std::exp(-1.0))).epsilon(1e-14));
  CHECK(far[3] == 0);
  CHECK(far[4] == 0);
  RowVector equal = RowVector::Zero(5);
  linalg::softmax_of_negative(equal);
  CHECK(equal.isApproxToConstant(0.2));
}
