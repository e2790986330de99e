#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/random.hpp"
#include "linalg/exact/dyadic.hpp"

using namespace maha;
using linalg::Dyadic;

namespace {

std::string text_of(const Dyadic& number) {
  std::string text;
  number.append_to(text);
  return text;
}

/// Of any size that products and sums neither overflow nor underflow at.
double any_double(Random& random) {
  const double size = std::scalbn(2 * random.uniform() - 1, static_cast<int>(random.below(400)) - 200);
  return random.below(20) == 0 ? 0 : size;
}

}  // namespace

TEST_CASE("dyadic: rounded, sums, products and quotients are those of the processor") {
  Random random(1);
  for (int k = 0; k < 20000; ++k) {
    const double a = any_double(random), b = any_double(random), c = any_double(random);
    CAPTURE(a);
    CAPTURE(b);
    Dyadic sum(a), difference(a), fused = Dyadic(a) * Dyadic(b);
    sum += Dyadic(b);
    difference -= Dyadic(b);
    fused += Dyadic(c);
    REQUIRE(Dyadic(a).over(1) == a);
    REQUIRE(sum.over(1) == a + b);
    REQUIRE(difference.over(1) == a - b);
    REQUIRE(fused.over(1) == std::fma(a, b, c));
    const auto n = static_cast<std::int64_t>(random.below(std::uint64_t{1} << 53)) + 1;
    REQUIRE(Dyadic(a).over(n) == a / static_cast<double>(n));
  }
}

TEST_CASE("dyadic: a quotient half-way between doubles goes to the even one, and all behind it counts") {
  const std::int64_t odd = (std::int64_t{1} << 53) + 1;  // needs 54 bits
  CHECK(Dyadic(odd).over(1) == static_cast<double>(odd - 1));
  CHECK(Dyadic(odd + 2).over(1) == static_cast<double>(odd + 3));
  Dyadic above(odd);
  above += Dyadic(0x1p-900);
  CHECK(above.over(1) == static_cast<double>(odd + 1));
  CHECK(Dyadic(std::numeric_limits<double>::denorm_min()).over(1) == std::numeric_limits<double>::denorm_min());
  const Dyadic large(std::numeric_limits<double>::max());
  CHECK((large * large).over(1) == std::numeric_limits<double>::infinity());
}

TEST_CASE("dyadic: a sum is the same number, and the same text, in any order") {
  Random random(2);
  std::vector<double> terms(200);
  for (double& term : terms) term = any_double(random);
  const auto sum = [&] {
    Dyadic all;
    for (const double term : terms) all += Dyadic(term);
    return all;
  };
  const Dyadic first = sum();
  std::reverse(terms.begin(), terms.end());
  CHECK(sum() == first);
  std::sort(terms.begin(), terms.end());
  CHECK(text_of(sum()) == text_of(first));
  Dyadic rest = first;
  for (const double term : terms) rest -= Dyadic(term);
  CHECK(rest.is_zero());
  CHECK(rest == Dyadic());
}

TEST_CASE("dyadic: each number has one text, and what is none is refused") {
  CHECK(text_of(Dyadic()) == "0");
  CHECK(text_of(Dyadic(-28.0 / 8)) == "-7p-1");
  CHECK(text_of(Dyadic(std::int64_t{48})) == "3p4");
  Random random(3);
  for (int k = 0; k < 2000; ++k) {
    const Dyadic number = Dyadic(any_double(random)) * Dyadic(any_double(random));
    REQUIRE(Dyadic::parse(text_of(number)) == number);
  }
  for (const std::string wrong : {"",
                                  "-",
                                  "p",
                                  "p1",
                                  "-p1",
                                  "1",
                                  "0p0",
                                  "-0",
                                  "01p1",
                                  "2p1",
                                  "1p",
                                  "1p01",
                                  "1p+1",
                                  "Ap1",
                                  "0x1p1",
                                  "1p1 ",
                                  " 1p1",
                                  "1p99999",
                                  "1p-99999999999999999999",
                                  "1.5p1",
                                  "nan"}) {
    CAPTURE(wrong);
    CHECK(!Dyadic::parse(wrong));
  }
  CHECK(!Dyadic::parse(std::string(100000, '1') + "p0"));
}
