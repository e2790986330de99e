#include "learn/rfm/kernel_machine.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "linalg/spectral/eigen.hpp"
#include "unit/random_rows.hpp"

using namespace maha;
using namespace maha::learn::rfm;

namespace {

KernelMachine random_machine() { return {test::random_rows(9, 3, 1), test::random_rows(9, 2, 2), 0.7}; }

/// f(u), term by term.
RowVector value_at(const KernelMachine& machine, const RowVector& u) {
  RowVector f = RowVector::Zero(machine.weights.cols());
  for (Index i = 0; i < machine.centers.rows(); ++i)
    f += machine.weights.row(i) * std::exp(-(u - machine.centers.row(i)).norm() / machine.bandwidth);
  return f;
}

/// h times the gradient of each output at u, c x r, by central differences: of a term that has its cusp at u they are
/// 0.
Matrix differences_at(const KernelMachine& machine, const RowVector& u) {
  constexpr double kStep = 1e-5;
  Matrix G(machine.weights.cols(), u.size());
  for (Index k = 0; k < u.size(); ++k) {
    RowVector above = u, below = u;
    above[k] += kStep;
    below[k] -= kStep;
    G.col(k) = (value_at(machine, above) - value_at(machine, below)).transpose() / (2 * kStep);
  }
  return machine.bandwidth * G;
}

SquareMatrix kernel_of(const Matrix& A, const Matrix& B, double bandwidth) {
  SquareMatrix K(A.rows(), B.rows());
  for (Index i = 0; i < A.rows(); ++i) {
    for (Index j = 0; j < B.rows(); ++j) K(i, j) = std::exp(-(A.row(i) - B.row(j)).norm() / bandwidth);
  }
  return K;
}

std::vector<Index> every(Index n, Index step) {
  std::vector<Index> rows;
  for (Index i = 0; i < n; i += step) rows.push_back(i);
  return rows;
}

}  // namespace

TEST_CASE("rfm: products of gradients are those of finite differences, in the place of a centre too") {
  const KernelMachine machine = random_machine();
  Matrix U(7, 3);
  U << test::random_rows(5, 3, 3), machine.centers.row(4), machine.centers.row(0);
  SquareMatrix S = SquareMatrix::Zero(3, 3);
  for (Index i = 0; i < U.rows(); ++i) {
    const Matrix G = differences_at(machine, U.row(i));
    S += G.transpose() * G / 7;
  }
  const SquareMatrix found = gradient_products(machine, U, {}).value();
  CHECK((found - S).cwiseAbs().maxCoeff() <= 1e-8 * S.trace());
  CHECK((gradient_squares(machine, U, {}).value() - S.diagonal()).cwiseAbs().maxCoeff() <= 1e-8 * S.trace());
}

TEST_CASE("rfm: a centre that is nearly in a row's place has a gradient of size 1, one that is nearer still has none") {
  const double near = 1e-4, nearer = kSamePlace / 2;
  const Matrix Z{{0.0, 0.0}, {5.0, 5.0}};
  const KernelMachine machine{Z, Matrix{{1.0}, {0.0}}, 1};
  CHECK(gradient_squares(machine, Matrix{{near, 0.0}}, {}).value()[0] == doctest::Approx(1).epsilon(1e-3));
  CHECK(gradient_squares(machine, Matrix{{nearer, 0.0}}, {}).value()[0] == 0);
}

TEST_CASE("rfm: with all rows for centres the weights solve (K + ridge I) A = Y") {
  const Matrix U = test::random_rows(40, 3, 4), Y = test::random_rows(40, 2, 5);
  const KernelMachine machine = fit_machine(U, Y, every(40, 1), 0.8, 1e-2, {}).value();
  const SquareMatrix K = kernel_of(U, U, 0.8);
  CHECK((K * machine.weights + 1e-2 * machine.weights - Y).cwiseAbs().maxCoeff() <= 1e-10);
  CHECK((values_of(machine, U, Threads()) - K * machine.weights).cwiseAbs().maxCoeff() <= 1e-10);
}

TEST_CASE("rfm: with fewer centres the weights minimise the ridge regression over them, of more rows than a block") {
  const Matrix U = test::random_rows(2200, 2, 6), Y = test::random_rows(2200, 1, 7);
  const std::vector<Index> some = every(2200, 300);
  const KernelMachine machine = fit_machine(U, Y, some, 0.8, 1e-2, {}).value();
  const Matrix Z = U(some, Eigen::all);
  const SquareMatrix B = kernel_of(U, Z, 0.8), K = kernel_of(Z, Z, 0.8);
  const SquareMatrix expected = linalg::least_squares(B.transpose() * B + 1e-2 * K, B.transpose() * Y);
  CHECK((machine.weights - expected).cwiseAbs().maxCoeff() <= 1e-8 * expected.cwiseAbs().maxCoeff());
}

TEST_CASE("rfm: centres in one place share what one would have") {
  const Matrix U = test::random_rows(30, 2, 8), Y = test::random_rows(30, 1, 9);
  Matrix twice(31, 2), both(31, 1);
  twice << U, U.row(0);
  both << Y, Y.row(0);
  const KernelMachine once = fit_machine(twice, both, {0, 5, 9}, 1, 1e-2, {}).value();
  const KernelMachine again = fit_machine(twice, both, {0, 5, 9, 30}, 1, 1e-2, {}).value();
  const Matrix F = values_of(once, U, Threads());
  CHECK((values_of(again, U, Threads()) - F).cwiseAbs().maxCoeff() <= 1e-6 * F.cwiseAbs().maxCoeff());
}

TEST_CASE("rfm: the same bits on any number of threads, and nothing once a stop is asked for") {
  const Matrix U = test::random_rows(2100, 5, 10), Y = test::random_rows(2100, 3, 11);
  const std::vector<Index> some = every(2100, 7);  // 300, more than a tile of a product
  const auto fitted = [&](int count) {
    const Run run{Threads(count), {}, {}};
    const KernelMachine machine = fit_machine(U, Y, some, 1, 1e-3, run).value();
    return std::make_pair(machine.weights, gradient_products(machine, U, run).value());
  };
  const auto one = fitted(1), three = fitted(3);
  CHECK(one.first == three.first);
  CHECK(one.second == three.second);
  const Run stopped{Threads(), {}, [] { return true; }};
  CHECK_FALSE(fit_machine(U, Y, some, 1, 1e-3, stopped).has_value());
  CHECK_FALSE(gradient_products(random_machine(), U.leftCols(3), stopped).has_value());
}
