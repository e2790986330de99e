#include "linalg/scatter.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "core/error.hpp"
#include "core/random.hpp"

using namespace maha;
using namespace maha::linalg;

namespace {

Matrix random_rows(Index n, Index d, std::uint64_t seed) {
  Random random(seed);
  Matrix A(n, d);
  for (double& value : A.reshaped()) value = random.uniform() + random.uniform() * random.uniform();
  return A;
}

Labels random_groups(Index n, int groups, std::uint64_t seed) {
  Random random(seed);
  Labels y(static_cast<std::size_t>(n));
  for (int& label : y) label = static_cast<int>(random.below(groups));
  for (int c = 0; c < groups; ++c) y[static_cast<std::size_t>(c)] = c;
  return y;
}

Moments moments(const Matrix& X, MomentOrder order, const Labels& groups = {}) {
  MomentStream stream(X.cols(), order);
  stream.add(X, groups);
  return stream.finish();
}

/// The definitions, term by term in extended precision. Wide: n x d, rows minus the mean of their group.
using Wide = Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic>;
Wide centred(const Matrix& X, const Labels& groups) {
  Wide Y = X.cast<long double>();
  const int last = groups.empty() ? 0 : *std::max_element(groups.begin(), groups.end());
  for (int c = 0; c <= last; ++c) {
    Eigen::Matrix<long double, 1, Eigen::Dynamic> sum = Y.row(0) * 0;
    long double n = 0;
    const auto in = [&](Index i) { return groups.empty() || groups[static_cast<std::size_t>(i)] == c; };
    for (Index i = 0; i < X.rows(); ++i) {
      if (in(i)) sum += X.row(i).cast<long double>(), n += 1;
    }
    for (Index i = 0; i < X.rows(); ++i) {
      if (in(i)) Y.row(i) -= sum / n;
    }
  }
  return Y;
}

double relative_error(const SquareMatrix& computed, const Wide& exact) {
  return static_cast<double>((computed.cast<long double>() - exact).norm() / exact.norm());
}

}  // namespace

TEST_CASE("moments are those of the definition, from 1 row to many blocks") {
  for (const Index n : {1, 2, 255, 256, 257, 1500}) {
    const Matrix X = random_rows(n, 5, 1);
    const Moments m = moments(X, MomentOrder::fourth);
    const Wide Y = centred(X, {}), Y2 = Y.cwiseProduct(Y);
    CHECK(m.rows() == n);
    CHECK((m.origin + m.total_mean() - X.colwise().mean()).norm() <= 1e-14);
    CHECK(m.low == X.colwise().minCoeff());
    CHECK(m.high == X.colwise().maxCoeff());
    if (n == 1) {
      CHECK(m.scatter == SquareMatrix::Zero(5, 5));
      continue;
    }
    CHECK(relative_error(m.scatter, Y.transpose() * Y) <= 1e-14);
    CHECK((m.third.cast<long double>() - Y2.transpose() * Y).norm() <= 1e-14L * Y2.norm() * Y.norm());
    CHECK(relative_error(m.fourth, Y2.transpose() * Y2) <= 1e-14);
    CHECK((m.squares.transpose() - m.scatter.diagonal()).norm() <= 1e-14 * m.squares.norm());
    CHECK(m.scatter == m.scatter.transpose());
  }
}

TEST_CASE("each group about its own mean, and all about the common one") {
  const Matrix X = random_rows(1000, 4, 2);
  const Labels y = random_groups(1000, 7, 3);
  const Moments m = moments(X, MomentOrder::scatter, y);
  CHECK(m.groups() == 7);
  CHECK(relative_error(m.scatter, centred(X, y).transpose() * centred(X, y)) <= 1e-14);
  const Wide all = centred(X, {});
  CHECK(relative_error(m.total_scatter(), all.transpose() * all) <= 1e-14);
  CHECK((m.total_squares().transpose() - m.total_scatter().diagonal()).norm() <= 1e-13 * m.squares.norm());
  for (int c = 0; c < 7; ++c) {
    RowVector sum = RowVector::Zero(4);
    for (Index i = 0; i < 1000; ++i) {
      if (y[static_cast<std::size_t>(i)] == c) sum += X.row(i);
    }
    const auto n = static_cast<double>(m.count[static_cast<std::size_t>(c)]);
    CHECK((m.origin + m.mean.row(c) - sum / n).norm() <= 1e-14);
  }
}

TEST_CASE("groups summed up apart pool to those of one stream") {
  Matrix X = random_rows(600, 3, 12);
  X.topRows(300).array() += 1e6;
  Labels y(600, 0);
  std::fill(y.begin() + 300, y.end(), 1);
  const Moments together = moments(X, MomentOrder::scatter, y);
  const Moments pooled =
      pool_groups({moments(X.topRows(300), MomentOrder::fourth), moments(X.bottomRows(300), MomentOrder::fourth)});
  CHECK(pooled.count == together.count);
  CHECK((pooled.mean - together.mean).norm() <= 1e-9);
  CHECK((pooled.scatter - together.scatter).norm() <= 1e-13 * together.scatter.norm());
  CHECK(pooled.low == together.low);
  CHECK(pooled.high == together.high);
  CHECK((pooled.total_scatter() - together.total_scatter()).norm() <= 1e-13 * together.total_scatter().norm());
  const Wide Y = centred(X, y), Y2 = Y.cwiseProduct(Y);
  CHECK(relative_error(pooled.fourth, Y2.transpose() * Y2) <= 1e-13);
  CHECK_THROWS_AS(pool_groups({}), InputError);
}

TEST_CASE("offsets of 1e8 and groups far apart cost no digits") {
  Matrix X = random_rows(3000, 3, 4);
  const Labels y = random_groups(3000, 2, 5);
  const auto round_off = [&](double offset, bool second_group_only) {
    Matrix moved = X;
    for (Index i = 0; i < X.rows(); ++i) {
      if (!second_group_only || y[static_cast<std::size_t>(i)] == 1) moved.row(i).array() += offset;
    }
    return moved;
  };
  const Matrix far = round_off(1e8, false), apart = round_off(1e8, true);
  const Wide Y = centred(far, {});
  CHECK(relative_error(moments(far, MomentOrder::scatter).scatter, Y.transpose() * Y) <= 1e-14);
  const Wide Z = centred(apart, y);
  CHECK(relative_error(moments(apart, MomentOrder::scatter, y).scatter, Z.transpose() * Z) <= 1e-14);
}

TEST_CASE("any cut of the stream and any number of threads give the same bits") {
  const Matrix X = random_rows(2100, 3, 6);
  const Labels y = random_groups(2100, 3, 7);
  const Moments whole = moments(X, MomentOrder::fourth);
  const Moments grouped = moments(X, MomentOrder::scatter, y);
  Random random(8);
  for (const int threads : {1, 2, 5}) {
    MomentStream stream(3, MomentOrder::fourth, Threads(threads)), in_groups(3, MomentOrder::scatter, Threads(threads));
    for (Index begin = 0; begin < X.rows();) {
      const Index count = std::min(X.rows() - begin, random.below(threads == 1 ? 5 : 900));
      stream.add(X.middleRows(begin, count));
      in_groups.add(X.middleRows(begin, count), Labels(y.begin() + begin, y.begin() + begin + count));
      begin += count;
    }
    const Moments cut = stream.finish(), cut_grouped = in_groups.finish();
    CHECK(cut.mean == whole.mean);
    CHECK(cut.scatter == whole.scatter);
    CHECK(cut.third == whole.third);
    CHECK(cut.fourth == whole.fourth);
    CHECK(cut.squares == whole.squares);
    CHECK(cut_grouped.mean == grouped.mean);
    CHECK(cut_grouped.scatter == grouped.scatter);
  }
}

TEST_CASE("variances alone take no d x d memory") {
  const Matrix X = random_rows(3, 10000, 9);
  const Moments m = moments(X, MomentOrder::variances);
  CHECK(m.scatter.size() == 0);
  CHECK(m.squares.size() == 10000);
  CHECK(m.squares(77) == doctest::Approx(moments(X.col(77), MomentOrder::scatter).scatter(0, 0)).epsilon(1e-14));
}

TEST_CASE("a constant feature has moments of exactly 0") {
  Matrix X = random_rows(700, 2, 10);
  X.col(1).setConstant(0.1);
  const Moments m = moments(X, MomentOrder::scatter);
  CHECK(m.scatter(1, 1) == 0);
  CHECK(m.scatter(0, 1) == 0);
}

TEST_CASE("misuse is refused") {
  const Matrix X = random_rows(3, 2, 11);
  CHECK_THROWS_AS(MomentStream(0, MomentOrder::scatter), InputError);
  MomentStream stream(2, MomentOrder::scatter);
  CHECK_THROWS_AS(stream.finish(), InputError);
  CHECK_THROWS_AS(stream.add(random_rows(3, 1, 1)), InputError);
  CHECK_THROWS_AS(stream.add(X, {0, 1}), InputError);
  CHECK_THROWS_AS(stream.add(X, {0, 2, 1}), InputError);
  MomentStream fourth(2, MomentOrder::fourth);
  CHECK_THROWS_AS(fourth.add(X, {0, 1, 1}), InputError);
}
