#include "prepare/few_rows.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace maha;
using namespace maha::prepare;

namespace {

/// Rows i of three features i, i + 1, i + 2 and class i, in blocks of these sizes.
NextRows blocks(std::vector<Index> sizes) {
  return [sizes, b = std::size_t(0), first = Index(0), ended = false](Matrix& X, Labels& y) mutable {
    CHECK_FALSE(ended);  // nothing is asked for behind the end
    if (b == sizes.size()) return !(ended = true);
    X.resize(sizes[b++], 3);
    y.clear();
    for (Index i = 0; i < X.rows(); ++i, ++first) {
      X.row(i) = RowVector::LinSpaced(3, static_cast<double>(first), static_cast<double>(first) + 2);
      y.push_back(static_cast<int>(first));
    }
    return true;
  };
}

void check_rows(const Rows& rows, Index count) {
  CHECK(rows.X.rows() == count);
  CHECK(rows.y.size() == static_cast<std::size_t>(count));
  for (Index i = 0; i < count; ++i) {
    CHECK(rows.X(i, 0) == static_cast<double>(i));
    CHECK(rows.y[static_cast<std::size_t>(i)] == static_cast<int>(i));
  }
}

}  // namespace

TEST_CASE("fewer rows than features come at once, more of them as a stream from the first one on") {
  for (const std::vector<Index>& sizes : {std::vector<Index>{2}, {1, 1}, {0, 1, 0, 1, 0}}) {
    NextRows next = blocks(sizes);
    const std::optional<Rows> few = few_rows(next);
    REQUIRE(few.has_value());
    check_rows(*few, 2);
  }
  for (const std::vector<Index>& sizes : {std::vector<Index>{3}, {1, 0, 1, 1}, {2, 5, 0, 1}, {8, 1}}) {
    NextRows next = blocks(sizes);
    CHECK_FALSE(few_rows(next).has_value());
    Index count = 0;
    for (const Index size : sizes) count += size;
    check_rows(all_rows(next), count);
  }
  for (const std::vector<Index>& sizes : {std::vector<Index>{}, {0, 0}}) {
    NextRows next = blocks(sizes);
    CHECK_FALSE(few_rows(next).has_value());
    Matrix X;
    Labels y;
    CHECK_FALSE(next(X, y));
  }
}
