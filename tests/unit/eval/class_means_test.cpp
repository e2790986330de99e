#include "eval/knn/class_means.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"

using namespace maha;
using namespace maha::eval;

TEST_CASE("class_means: by hand, and where plain sums would overflow or cancel") {
  const Matrix X = (Matrix(4, 2) << 1, 2, 5, 6, 3, 4, 7, 0).finished();
  CHECK(class_means(X, {0, 1, 0, 1}, 2) == (Matrix(2, 2) << 2, 3, 6, 3).finished());
  CHECK(class_means(Matrix::Constant(4, 1, 1e308), {0, 0, 0, 0}, 1)(0, 0) == 1e308);
  CHECK(class_means(Matrix::Constant(3, 1, 0.1), {0, 0, 0}, 1)(0, 0) == 0.1);
  CHECK_THROWS_AS(class_means(X, {0, 1, 0}, 2), InputError);
  CHECK_THROWS_AS(class_means(X, {0, 1, 0, 2}, 2), InputError);
  CHECK_THROWS_AS(class_means(X, {0, 1, 0, 1}, 3), InputError);
}
