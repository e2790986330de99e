#include "learn/rca/rca.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/rows_by_class.hpp"
#include "learn/covariance/covariance.hpp"
#include "prepare/draw/draw_chunks.hpp"
#include "unit/dataset.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/learn/row_distances.hpp"
#include "unit/random_rows.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::learn;
using maha::test::row_distances;

namespace {

Fit relevant(const Matrix& X, const Labels& chunks, const rca::RcaOptions& options = {}) {
  return rca::fit_rca({.X = X, .chunks = chunks}, options);
}

/// The scatters of the rows in chunks, within these and in total, from their definition.
struct ChunkScatters {
  SquareMatrix within, total;
};

ChunkScatters chunk_scatters(const Matrix& X, const Labels& chunks) {
  std::vector<Index> rows;
  Labels numbers;
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    if (chunks[i] >= 0) rows.push_back(static_cast<Index>(i)), numbers.push_back(chunks[i]);
  }
  const Matrix inside = X(rows, Eigen::all);
  const auto m = static_cast<double>(rows.size());
  const Matrix centred = inside.rowwise() - inside.colwise().mean();
  ChunkScatters S{SquareMatrix::Zero(X.cols(), X.cols()), centred.transpose() * centred / m};
  for (const std::vector<Index>& of : rows_by_class(numbers)) {
    const Matrix C = inside(of, Eigen::all).rowwise() - inside(of, Eigen::all).colwise().mean();
    S.within += C.transpose() * C / m;
  }
  return S;
}

double change(const Fit& a, const Matrix& A, const Fit& b, const Matrix& B) {
  const SquareMatrix D = row_distances(a, A);
  return (row_distances(b, B) - D).cwiseAbs().maxCoeff() / D.maxCoeff();
}

}  // namespace

TEST_CASE("rca: M is the inverse of the scatter within chunks, of the rows that are in any") {
  const Dataset wine = read_dataset("wine");
  const Labels chunks = prepare::draw_chunks(wine.y, 40, 3, 1);
  const Fit fit = relevant(wine.X, chunks);
  const SquareMatrix product = fit.linear().matrix() * chunk_scatters(wine.X, chunks).within;
  CHECK((product - SquareMatrix::Identity(13, 13)).cwiseAbs().maxCoeff() <= 1e-6);  // units differ by thousands
  CHECK(number(fit, "chunks") == 40);
  CHECK(number(fit, "rows") == 120);
  CHECK(number(fit, "rank") == 13);
  CHECK(number(fit, "residual") <= 1e-13);
  CHECK(fit.warnings.empty());
  CHECK(!fit.seed);
}

TEST_CASE("rca: of four chunks about 0 it is n (X'X)^-1") {
  const Matrix X{{-0.05, 3},     {0.05, -3},   {0.1, -3.55}, {-0.1, 3.55},
                 {-0.95, -0.05}, {0.95, 0.05}, {0.4, 0.05},  {-0.4, -0.05}};
  const SquareMatrix S = X.transpose() * X / 8, M = relevant(X, {0, 0, 1, 1, 2, 2, 3, 3}).linear().matrix();
  CHECK((M * S - SquareMatrix::Identity(2, 2)).norm() <= 1e-13);
}

TEST_CASE("rca: chunks that are the classes give the inverse covariance within classes") {
  for (const char* name : {"iris", "wine", "wdbc"}) {
    CAPTURE(name);
    const Dataset data = read_dataset(name);
    const Fit fit = relevant(data.X, data.y), within = covariance::fit_covariance(data.X, data.y, {.within = true});
    CHECK(change(within, data.X, fit, data.X) <= 1e-9);
  }
}

TEST_CASE("rca: with a rank, the directions solve S_w v = c S_t v, the smallest c first, and V'S_w V = I") {
  const Dataset wine = read_dataset("wine");
  const Labels chunks = prepare::draw_chunks(wine.y, 60, 2, 2);
  const Fit fit = relevant(wine.X, chunks, {.rank = 4});
  const Matrix L = fit.linear().factor();
  REQUIRE(L.rows() == 4);
  const ChunkScatters S = chunk_scatters(wine.X, chunks);
  CHECK((L * S.within * L.transpose() - SquareMatrix::Identity(4, 4)).cwiseAbs().maxCoeff() <= 1e-9);
  const SquareMatrix total = L * S.total * L.transpose();
  for (Index k = 0; k < 4; ++k) {
    const double c = 1 / total(k, k);
    const Vector v = L.row(k).transpose(), right = c * (S.total * v);
    CHECK((S.within * v - right).norm() <= 1e-9 * right.norm());
    if (k > 0) CHECK(total(k, k) < total(k - 1, k - 1));
  }
  const Matrix all = relevant(wine.X, chunks).linear().factor();
  CHECK((all.topRows(4) - L).cwiseAbs().maxCoeff() <= 1e-10 * L.cwiseAbs().maxCoeff());
  CHECK((all * S.total * all.transpose()).diagonal().tail(9).maxCoeff() < total(3, 3));
  CHECK(number(fit, "residual") <= 1e-13);
}

TEST_CASE("rca: no invertible linear map, numbers of chunks, order of rows or rows in no chunk change a distance") {
  const Dataset wine = read_dataset("wine");
  Labels chunks = prepare::draw_chunks(wine.y, 50, 2, 3);
  const auto fit = [&](const Matrix& X) { return relevant(X, chunks, {.rank = 3}); };
  const Fit plain = fit(wine.X);
  const Matrix mapped = (wine.X * test::random_rows(13, 13, 1)).array() + 1e3;
  CHECK(change(plain, wine.X, fit(mapped), mapped) <= 1e-8);
  const Matrix scaled = wine.X * 0x1p200;
  CHECK(change(plain, wine.X, fit(scaled), scaled) <= 1e-11);
  Matrix moved = wine.X;
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    if (chunks[i] < 0) moved.row(static_cast<Index>(i)).setConstant(1e9);
  }
  CHECK(change(plain, wine.X, fit(moved), wine.X) <= 1e-12);
  for (int& chunk : chunks) chunk = chunk < 0 ? -7 : 99 - chunk;
  CHECK(change(plain, wine.X, fit(wine.X), wine.X) <= 1e-12);
  const Fit turned = relevant(wine.X.colwise().reverse(), Labels(chunks.rbegin(), chunks.rend()), {.rank = 3});
  CHECK(change(plain, wine.X, turned, wine.X) <= 1e-11);
}

TEST_CASE("rca: a constant and a dependent feature change nothing; of one feature it is 1 / variance within") {
  const Dataset iris = read_dataset("iris");
  Matrix X(150, 6);
  X << iris.X, Vector::Constant(150, 3.5), iris.X.col(0) - 2 * iris.X.col(3);
  CHECK(change(relevant(iris.X, iris.y), iris.X, relevant(X, iris.y), X) <= 1e-9);
  const Matrix one{{1.0}, {3.0}, {10.0}, {14.0}, {7.0}};
  CHECK(relevant(one, {0, 0, 1, 1, -1}).linear().diagonal()[0] == doctest::Approx(4.0 / (2 + 8)).epsilon(1e-13));
  CHECK(relevant(Matrix::Constant(4, 2, 0.1), {0, 0, 1, 1}).linear().rank() == 0);
}

TEST_CASE("rca: where rows of chunks do not differ a ridge is added, and said; so is what few rows leave out") {
  const Matrix X = test::random_rows(30, 50, 2);
  Labels chunks(30, -1);
  for (std::size_t i = 0; i < 20; ++i) chunks[i] = static_cast<int>(i / 2);
  const Fit fit = relevant(X, chunks);
  REQUIRE(fit.warnings.size() == 2);
  CHECK(fit.warnings[0].code == Warning::Code::ridge_added);
  CHECK(fit.warnings[1].code == Warning::Code::directions_left_out);
  CHECK(fit.warnings[1].text == "the 20 rows in chunks differ in 19 of 50 directions: the others get no weight");
  CHECK(number(fit, "ridge") == 1e-3);
  CHECK(number(fit, "rank") == 19);
  CHECK(relevant(X, chunks, {.ridge = 0.1}).warnings.size() == 1);
  // Of 10 chunks of 2 in general position, within one the two rows differ in one of 10 directions, and the ridge bounds
  // the 9 others.
  const SquareMatrix D = row_distances(fit, X.topRows(20));
  CHECK(D(0, 1) == doctest::Approx(std::sqrt(20 * 2 / 1.0)).epsilon(0.01));
  CHECK(D.maxCoeff() <= std::sqrt(20 * 2 / 1e-3));

  // By either route, of fewer rows than features and of more: rows in the span of 12 features.
  const Matrix narrow = test::random_rows(30, 12, 3);
  const Matrix wide = narrow * test::random_rows(12, 50, 4);
  CHECK(change(relevant(narrow, chunks, {.ridge = 0.01}), narrow, relevant(wide, chunks, {.ridge = 0.01}), wide) <=
        1e-9);
}

TEST_CASE("rca: chunks drawn from labels, seeded, as many as there are unless their number is asked for") {
  const Dataset wine = read_dataset("wine");
  const auto drawn = [&](const rca::RcaOptions& options) { return rca::fit_rca({.X = wine.X, .y = wine.y}, options); };
  const Fit usual = drawn({});
  CHECK(number(usual, "chunks") == 88);  // 29 + 35 + 24
  CHECK(usual.seed == 1);
  CHECK(change(usual, wine.X, drawn({}), wine.X) == 0);
  CHECK(change(usual, wine.X, drawn({.seed = 2}), wine.X) > 1e-3);
  const Labels chunks = prepare::draw_chunks(wine.y, 20, 4, 5);
  CHECK(change(relevant(wine.X, chunks), wine.X, drawn({.chunks = 20, .chunk_size = 4, .seed = 5}), wine.X) == 0);
  const Dataset digits = read_dataset("digits");
  CHECK(number(rca::fit_rca({.X = digits.X, .y = digits.y}), "chunks") == 100);
}

TEST_CASE("rca: what there is nothing to learn from is refused") {
  const Matrix X{{1.0, 2.0}, {3.0, 5.0}, {4.0, 1.0}};
  const auto said = [&](const Samples& samples, const rca::RcaOptions& options) {
    return test::refusal<InputError>([&] { rca::fit_rca(samples, options); });
  };
  CHECK(said({.X = X, .chunks = {0, 1, -1}}, {}) == "no chunk has two rows");
  CHECK(said({.X = X, .chunks = {-1, -1, -1}}, {}) == "no row is in a chunk");
  CHECK(said({.X = X, .chunks = {0, 0}}, {}) == "rows and labels or chunks differ in number");
  CHECK(said({.X = X, .y = {0, 1, 2}}, {}) == "no class has 2 rows: there is no chunk of so many");
  CHECK(said({.X = X, .y = {0, 0, 2}}, {.chunks = 2}) == "2 chunks of 2 rows are wanted: there are 1");
  CHECK(said({.X = X, .y = {0, 0, 2}}, {.rank = 3}) == "--rank 3: there are only 2 features");
  CHECK_THROWS_AS(relevant(X, {0, 0, 1}, {.chunk_size = 1}), UsageError);
}
