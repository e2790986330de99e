#include "prove/near.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/random.hpp"
#include "linalg/spectral/eigen.hpp"
#include "unit/random_rows.hpp"

using namespace maha;
using namespace maha::prove;

namespace {

using LongMatrix = Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic>;

bool is_in(const Interval& a, long double x) { return a.lo <= x && x <= a.hi; }
bool is_in(const Near& A, const LongMatrix& exact) {
  return (A.at.cast<long double>() - exact).norm() <= static_cast<long double>(A.off);
}

/// H = I - 2 vv'/v'v, in long doubles, times a diagonal: a symmetric matrix whose eigenvalues are known.
LongMatrix with_eigenvalues(const Vector& values, std::uint64_t seed) {
  const LongMatrix v = test::random_rows(values.size(), 1, seed).cast<long double>();
  const LongMatrix I = LongMatrix::Identity(values.size(), values.size());
  const LongMatrix H = I - 2 / v.squaredNorm() * v * v.transpose();
  return H * values.cast<long double>().asDiagonal() * H;
}

}  // namespace

TEST_CASE("near: sums, products and maps hold what is computed in more digits") {
  for (const Index d : {1, 3, 20}) {
    const Matrix A = test::random_rows(d, d, 1), B = test::random_rows(d, d, 2), X = test::random_rows(30, d, 3);
    const LongMatrix a = A.cast<long double>(), b = B.cast<long double>(), x = X.cast<long double>();
    CHECK(is_in(Near{A} + Near{B}, a + b));
    CHECK(is_in(Near{A} * Near{B}, a * b));
    CHECK(is_in(Near{A} * Near{B} * (Near{A} + Near{B}), a * b * (a + b)));
    CHECK((Near{A} * Near{B}).off <= 1e-12 * A.norm() * B.norm());
    // what is off beforehand is carried along
    const Matrix off = Matrix::Constant(d, d, 1e-3);
    CHECK(is_in(Near{A + off, off.norm() * 1.001} * Near{B - off, off.norm() * 1.001}, a * b));

    const Cloud Z = map(X, A);
    const LongMatrix z = x * a.transpose();
    std::vector<Weighted> pairs;
    LongMatrix sum = LongMatrix::Zero(d, d);
    for (Index i = 0; i < 30; ++i) {
      CHECK((Z.at.row(i).cast<long double>() - z.row(i)).norm() <= static_cast<long double>(Z.off(i)));
      for (Index j = 0; j < i; ++j) {
        CHECK(is_in(Z.distance(i, j), (z.row(i) - z.row(j)).norm()));
        CHECK(is_in(Z.squared(i, j), (z.row(i) - z.row(j)).squaredNorm()));
        const double weight = i % 3 == 0 ? -0.25 : 1.0 / static_cast<double>(j + 1);
        pairs.push_back({i, j, weight});
        sum += static_cast<long double>(weight) * (z.row(i) - z.row(j)).transpose() * (z.row(i) - z.row(j));
      }
    }
    CHECK(is_in(scatter(Z, pairs), sum));
    CHECK(is_in(scatter(Z, pairs, true), LongMatrix(sum.diagonal().asDiagonal())));
  }
}

TEST_CASE("near: eigenvalues that are known lie in their intervals, which are narrow") {
  for (const Vector& values :
       {Vector{{-2, -1e-9, 1e-9, 3, 3}}, Vector{{1e-12, 1e-6, 1, 1e6}}, Vector{{0, 0, 0}}, Vector{{5}}}) {
    for (const std::uint64_t seed : {1, 2, 3}) {
      const LongMatrix A = with_eigenvalues(values, seed);
      const Matrix at = A.cast<double>();
      const auto off = static_cast<double>((at.cast<long double>() - A).norm()) * 1.001;
      const std::vector<Interval> found = eigenvalues({at, off});
      Vector sorted = values;
      std::sort(sorted.begin(), sorted.end());
      REQUIRE(std::ssize(found) == values.size());
      for (Index k = 0; k < values.size(); ++k) {
        CHECK(is_in(found[static_cast<std::size_t>(k)], sorted(k)));
        CHECK(found[static_cast<std::size_t>(k)].hi - found[static_cast<std::size_t>(k)].lo <=
              1e-12 * values.cwiseAbs().maxCoeff() + 1e-100);
      }
    }
  }
}

TEST_CASE("near: eigenvalues that are known but for `off` are not said to be known better") {
  const Matrix A = Matrix::Identity(4, 4);
  for (const Interval& each : eigenvalues({A, 0.25})) {
    CHECK(each.lo <= 0.75);
    CHECK(each.hi >= 1.25);
  }
  CHECK(eigenvalues({A, std::nan("")}).front().lo == -kInfinity);
  CHECK(eigenvalues({Matrix(A * std::nan("")), 0}).front().lo == -kInfinity);
}

TEST_CASE("near: t A - G is positive semidefinite at the ratio, and not far below it") {
  const Matrix B = test::random_rows(8, 8, 5), C = test::random_rows(8, 8, 6);
  const Matrix A = B.transpose() * B + Matrix::Identity(8, 8), G = C.transpose() * C;
  const double t = ratio({G}, {A}).hi;
  CHECK(linalg::eigenvalues(SquareMatrix(t * A - G)).minCoeff() >= 0);
  // of a pair that commutes it is the ratio itself
  CHECK(ratio({3 * A}, {Matrix::Identity(8, 8)}).hi ==
        doctest::Approx(3 * linalg::eigenvalues(SquareMatrix(A)).maxCoeff()).epsilon(1e-12));
  CHECK(ratio({G}, {Matrix(A - 1e3 * Matrix::Identity(8, 8))}).hi == kInfinity);  // A is not positive definite
}

TEST_CASE("prove: whoever distrusts a learner reads no more than 400 lines of code for it") {
  namespace fs = std::filesystem;
  const fs::path project(MAHA_SOURCE_DIR);
  const auto lines_of = [](const fs::path& path) {
    std::ifstream file(path);
    REQUIRE(file.is_open());
    int count = 0;
    for (std::string line; std::getline(file, line);) {
      const std::size_t first = line.find_first_not_of(' ');
      count += first != std::string::npos && line.compare(first, 2, "//") != 0;
    }
    return count;
  };
  const std::vector<std::string> of_a_learner{"lmnn.cpp", "pairs.cpp", "near_prior.cpp"};
  int shared = lines_of(project / "apps/maha-prove.cpp"), most = 0;
  for (const auto& entry : fs::directory_iterator(project / "src/prove")) {
    const int lines = lines_of(entry.path());
    const bool own = std::ranges::count(of_a_learner, entry.path().filename().string()) > 0;
    (own ? most : shared) = own ? std::max(most, lines) : shared + lines;
  }
  CHECK(most > 0);
  CHECK(shared + most <= 400);
}
