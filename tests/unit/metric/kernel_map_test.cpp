#include "metric/network/kernel_map.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "core/error.hpp"
#include "unit/random_rows.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using metric::Kernel;
using metric::KernelMap;

namespace {

KernelMap::Parts parts_of(Kernel kernel, const Matrix& landmarks) {
  const Index d = landmarks.cols();
  return {kernel, 1.5, 3, 0.5, RowVector::Constant(d, 0.25), RowVector::LinSpaced(d, 1, 2), landmarks};
}

/// k(u, v) from its definition.
double by_definition(const KernelMap::Parts& parts, const RowVector& x, const RowVector& z) {
  const RowVector u = (x - parts.shift).cwiseQuotient(parts.scale), v = (z - parts.shift).cwiseQuotient(parts.scale);
  const double h = parts.bandwidth;
  if (parts.kernel == Kernel::rbf) return std::exp(-(u - v).squaredNorm() / (2 * h * h));
  if (parts.kernel == Kernel::laplace) return std::exp(-(u - v).norm() / h);
  return std::pow(u.dot(v) / (h * h) + parts.offset, static_cast<double>(parts.degree));
}

}  // namespace

TEST_CASE("a kernel map has the kernel's values by its definition, far from 0 too") {
  for (const Kernel kernel : {Kernel::rbf, Kernel::laplace, Kernel::polynomial}) {
    for (const double far : {0.0, 1e6}) {
      if (kernel == Kernel::polynomial && far > 0) continue;
      const Matrix Z = test::random_rows(9, 4, 1).array() + far, X = test::random_rows(150, 4, 2).array() + far;
      const KernelMap::Parts parts = parts_of(kernel, Z);
      const Matrix K = KernelMap(parts).transform(X);
      for (Index i = 0; i < X.rows(); ++i) {
        for (Index j = 0; j < Z.rows(); ++j)
          CHECK(K(i, j) == doctest::Approx(by_definition(parts, X.row(i), Z.row(j))).epsilon(far > 0 ? 1e-9 : 1e-13));
      }
    }
  }
}

TEST_CASE(
    "a kernel map: the bits of a row are its own, a landmark is as like itself as can be, threads change nothing") {
  const Matrix Z = test::random_rows(7, 3, 3), X = test::random_rows(300, 3, 4);
  const KernelMap map(parts_of(Kernel::laplace, Z));
  const Matrix K = map.transform(X);
  CHECK(map.transform(X, Threads(3)) == K);
  for (const Index i : {0, 127, 128, 299}) CHECK(map.transform(X.row(i)) == K.row(i));
  CHECK(map.transform(Z).diagonal() == Vector::Ones(7));
}

TEST_CASE("a kernel map: its features may be put in another order") {
  const Matrix Z = test::random_rows(5, 3, 5), X = test::random_rows(6, 3, 6);
  const std::vector<Index> order{2, 0, 1};
  const KernelMap map(parts_of(Kernel::polynomial, Z));
  const Matrix turned = X(Eigen::all, order);
  CHECK((map.reordered(order).transform(turned) - map.transform(X)).cwiseAbs().maxCoeff() <= 1e-14);
}

TEST_CASE("a kernel map: rows so far away that squares overflow are like no landmark") {
  KernelMap::Parts parts = parts_of(Kernel::rbf, Matrix::Constant(1, 2, 1e300));
  const Matrix far = Matrix::Constant(1, 2, -1e300);
  CHECK(KernelMap(parts).transform(far)(0, 0) == 0);
  CHECK(KernelMap(parts).transform(parts.landmarks)(0, 0) == 1);
}

TEST_CASE("a kernel map refuses parts that are none, and names them") {
  const Matrix Z = Matrix::Ones(2, 2);
  const auto complaint = [&](auto&& spoil) {
    KernelMap::Parts parts = parts_of(Kernel::rbf, Z);
    spoil(parts);
    return test::refusal<InputError>([&] { KernelMap map(parts); });
  };
  CHECK(complaint([](auto& p) { p.bandwidth = 0; }) == "bandwidth is 0, not a finite number above 0");
  CHECK(complaint([](auto& p) { p.degree = 0; }) == "degree is 0, and must be at least 1");
  CHECK(complaint([](auto& p) { p.offset = -1; }) == "offset is -1, not a finite number from 0 on");
  CHECK(complaint([](auto& p) { p.scale(1) = 0; }) == "scale entry 2 must be above 0");
  CHECK(complaint([](auto& p) { p.shift = RowVector::Zero(3); }) == "shift has 3 entries, the landmarks have 2");
  CHECK(complaint([](auto& p) { p.landmarks(1, 0) = NAN; }) == "landmarks row 2, column 1 is not a finite number");
  CHECK(complaint([](auto& p) { p.landmarks.resize(0, 2); }) == "landmarks has no entries");
  CHECK(test::refusal<InputError>([&] { KernelMap(parts_of(Kernel::rbf, Z)).transform(Matrix::Ones(1, 3)); }) ==
        "the kernel is over 2 features, the data has 3");
}
