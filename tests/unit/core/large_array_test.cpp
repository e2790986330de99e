#include "core/machine/large_array.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>

using namespace maha;

TEST_CASE("large arrays are zeros at first, aligned, and move without a copy") {
  for (const Index size : {1, 1000, 1 << 17, (1 << 20) + 5}) {
    CAPTURE(size);
    LargeArray<double> array(size);
    CHECK(reinterpret_cast<std::uintptr_t>(array.data()) % 64 == 0);
    CHECK(std::count(array.data(), array.data() + size, 0.0) == size);
    std::fill(array.data(), array.data() + size, 1.5);
    double* const begin = array.data();
    LargeArray<double> other(3);
    other = std::move(array);
    CHECK(other.data() == begin);
    const LargeArray<double> third = std::move(other);
    CHECK(std::count(third.data(), third.data() + size, 1.5) == size);
  }
  CHECK(LargeArray<float>().data() == nullptr);
}

TEST_CASE("a large matrix has its rows one after the other") {
  LargeMatrix<float> X(3, 2);
  for (Index i = 0; i < 3; ++i) X.row(i)[1] = static_cast<float>(i);
  CHECK(X.view()(2, 1) == 2.0f);
  CHECK(X.row(1) == X.row(0) + 2);
  CHECK(X.view().sum() == 3.0f);
}

TEST_CASE("a hint about any piece of memory is allowed") {
  Matrix X(700, 1000);
  want_large_pages(X);
  X.setOnes();
  CHECK(X.sum() == 700000.0);
  Matrix none;
  want_large_pages(none);
}
