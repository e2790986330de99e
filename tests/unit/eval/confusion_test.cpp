#include "eval/knn/confusion.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"

using namespace maha;
using namespace maha::eval;

TEST_CASE("confusion: a table worked by hand") {
  // Class 2 was never seen in training, class 3 is not in the test file.
  const Confusion confusion({0, 0, 0, 1, 1, 2}, {0, 0, 1, 1, 3, 0}, 4);
  CHECK(confusion.counts(0) == std::vector<Index>{2, 1, 0, 0});
  CHECK(confusion.counts(1) == std::vector<Index>{0, 1, 0, 1});
  CHECK(confusion.counts(2) == std::vector<Index>{1, 0, 0, 0});
  CHECK(confusion.counts(3) == std::vector<Index>{0, 0, 0, 0});
  CHECK(confusion.rows() == 6);
  CHECK(confusion.errors() == 3);
  CHECK(confusion.accuracy() == 0.5);
  CHECK(confusion.error() == 0.5);
  CHECK(confusion.recall(0) == 2.0 / 3);
  CHECK(confusion.precision(0) == 2.0 / 3);
  CHECK(confusion.recall(2) == 0.0);
  CHECK_FALSE(confusion.precision(2));  // nothing was said to be of class 2
  CHECK_FALSE(confusion.recall(3));     // nothing is of class 3
  CHECK(confusion.precision(3) == 0.0);
  CHECK(confusion.rows(1) == 2);
}

TEST_CASE("confusion: without rows there is no accuracy; what does not fit is refused") {
  CHECK_FALSE(Confusion({}, {}, 2).accuracy());
  CHECK_THROWS_AS(Confusion({0}, {0, 1}, 2), InputError);
  CHECK_THROWS_AS(Confusion({0, 2}, {0, 1}, 2), InputError);
  CHECK_THROWS_AS(Confusion({0, 1}, {0, -1}, 2), InputError);
}

TEST_CASE("unseen_classes: those of the test rows that no training row has, once each") {
  CHECK(unseen_classes({0, 3, 0}, {4, 3, 1, 1, 4, 0}, 5) == std::vector<int>{1, 4});
  CHECK(unseen_classes({0, 1}, {1}, 2).empty());
  CHECK_THROWS_AS(unseen_classes({0, 5}, {1}, 2), InputError);
}
