#include "prepare/singular_features.hpp"

#include <doctest/doctest.h>

#include "core/random.hpp"
#include "unit/random_rows.hpp"

using namespace maha;
using namespace maha::prepare;

namespace {

std::string named(Index j) { return "f" + std::to_string(j + 1); }

}  // namespace

TEST_CASE("constant and dependent features are found, whatever their units") {
  Matrix X(40, 6);
  X << test::uniform_rows(40, 3, 1), Vector::Constant(40, 1e6), Matrix::Zero(40, 2);
  X.col(4) = 1e-6 * X.col(0);
  X.col(4).array() += 3;
  X.col(5) = 1e9 * X.col(2);
  const Singularity found = find_singularity(X);
  CHECK(found.rank == 3);
  CHECK(found.constant == std::vector<Index>{3});
  CHECK(found.dependent == std::vector<Index>{0, 2, 4, 5});
  CHECK(found.text(named) ==
        "the covariance is singular (rank 3 of 6); without variance: f4; linearly dependent: f1, f3, f5, f6");
  CHECK_FALSE(find_singularity(X.leftCols(3)).singular());
  CHECK(find_singularity(X.leftCols(3)).text(named).empty());
}

TEST_CASE("of more features than rows the rank is that of the rows, and what no other repeats stays unnamed") {
  Matrix X = Matrix::Zero(4, 6);  // rows differ in feature 1 alone, in 2 and 3 alike, and in no other
  X.col(0) = Vector{{0.0, 1.0, 0.0, 0.0}};
  X.col(1) = X.col(2) = Vector{{0.0, 0.0, 1.0, 3.0}};
  const Singularity found = find_singularity(X);
  CHECK(found.rank == 2);
  CHECK(found.constant == std::vector<Index>{3, 4, 5});
  CHECK(found.dependent == std::vector<Index>{1, 2});
  const Singularity wide = find_singularity(test::uniform_rows(5, 30, 2));
  CHECK(wide.rank == 4);
  CHECK(wide.dependent.size() == 30);
  CHECK(wide.text(named).ends_with("linearly dependent: f1, f2, f3, f4, f5, f6, f7, f8 and 22 more"));
  CHECK(find_singularity(Matrix::Ones(3, 2)).constant.size() == 2);
  CHECK(find_singularity(Matrix::Ones(1, 2)).constant.size() == 2);
}

TEST_CASE("of very many features and rows, those that repeat another are found without a matrix") {
  Matrix X = test::uniform_rows(1025, 1030, 3);
  X.col(1000) = -2 * X.col(7);
  X.col(1000).array() += 5;
  X.col(20).setConstant(2);
  const Singularity found = find_singularity(X);
  CHECK(found.dims == 1030);
  CHECK(found.rank == 1028);
  CHECK(found.constant == std::vector<Index>{20});
  CHECK(found.dependent == std::vector<Index>{7, 1000});
}

TEST_CASE("features whose squares overflow or vanish are no more singular than in other units") {
  Matrix X(40, 4);
  X << test::uniform_rows(40, 3, 5), Vector::Constant(40, 7);
  const RowVector units{{0x1p700, 0x1p-700, 1, 1}};
  const Singularity found = find_singularity(X.array().rowwise() * units.array());
  CHECK(found.constant == std::vector<Index>{3});
  CHECK(found.dependent.empty());
  CHECK_FALSE(find_singularity(X.leftCols(3) * 0x1p-700).singular());
}
