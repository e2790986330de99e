#include "core/shared_rows.hpp"

#include <doctest/doctest.h>

#include <type_traits>

using namespace maha;

TEST_CASE("shared rows: copies show the same numbers, as long as one of them is there") {
  SharedRows X = Matrix{{1, 2}, {3, 4}};
  const double* const numbers = X.data();
  SharedRows copy = X;
  CHECK(copy.data() == numbers);
  X = {};
  CHECK(X.size() == 0);
  CHECK(copy == Matrix{{1, 2}, {3, 4}});
  const SharedRows moved = std::move(copy);
  CHECK(moved.data() == numbers);
  CHECK(copy.size() == 0);
  const MatrixRef shown = moved;
  CHECK(shown.data() == numbers);
}

TEST_CASE("shared rows: they are given away without a copy where nobody shares them") {
  SharedRows X = Matrix{{1, 2}, {3, 4}};
  const double* const numbers = X.data();
  SharedRows copy = X;
  const Matrix apart = copy.release();
  CHECK(apart.data() != numbers);
  CHECK(apart == X);
  CHECK(copy.size() == 0);
  const Matrix same = X.release();
  CHECK(same.data() == numbers);
  CHECK(X.size() == 0);
}

TEST_CASE("shared rows: what stands elsewhere stays there, and its owner with it") {
  const auto owner = std::make_shared<Matrix>(Matrix{{1, 2}, {3, 4}});
  SharedRows X(owner->data(), 2, 2, owner);
  CHECK(X.stand_elsewhere());
  CHECK(owner.use_count() == 2);
  const Matrix copy = X.release();
  CHECK(copy == *owner);
  CHECK(copy.data() != owner->data());
  CHECK(owner.use_count() == 1);
}

TEST_CASE("shared rows: no function that takes a matrix copies them unasked") {
  CHECK_FALSE(std::is_convertible_v<SharedRows, Matrix>);
  CHECK(std::is_convertible_v<SharedRows, MatrixRef>);
  CHECK(std::is_constructible_v<Matrix, SharedRows>);
  CHECK(std::is_convertible_v<Matrix, SharedRows>);
}
