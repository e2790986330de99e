#include "linalg/wide_square.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>

#include "core/error.hpp"

namespace maha::linalg {
namespace {

template <class Difference>
WideSquare sum_of_squares(Index d, double largest, int halvings, Difference&& difference) {
  if (largest == 0) return {};
  const int unit = std::ilogb(largest);
  std::array<double, 8> lane{};
  for (Index c = 0; c < d; ++c) {
    const double scaled = std::scalbn(difference(c), -unit);
    lane[static_cast<std::size_t>(c % 8)] += scaled * scaled;
  }
  WideSquare sum =
      wide_square(((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7])));
  sum.exponent += 2 * (unit + halvings);
  return sum;
}

template <class Difference>
double largest_of(Index d, Difference&& difference) {
  double largest = 0;
  for (Index c = 0; c < d; ++c) largest = std::max(largest, std::abs(difference(c)));
  return largest;
}

}  // namespace

double WideSquare::root() const {
  if (exponent == INT_MAX) return std::numeric_limits<double>::infinity();
  if (mantissa == 0) return 0;
  const bool odd = exponent % 2 != 0;
  return std::scalbn(std::sqrt(odd ? 2 * mantissa : mantissa), (odd ? exponent - 1 : exponent) / 2);
}

double WideSquare::value() const { return mantissa == 0 ? 0 : std::scalbn(mantissa, exponent); }

WideSquare wide_square(double squared) {
  if (squared == 0) return {};
  WideSquare wide;
  wide.mantissa = std::frexp(squared, &wide.exponent);
  return wide;
}

WideSquare wide_square(const double* a, const double* b, Index d) {
  const auto difference = [=](Index c) { return a[c] - b[c]; };
  const double largest = largest_of(d, difference);
  if (std::isfinite(largest)) return sum_of_squares(d, largest, 0, difference);
  const auto half = [=](Index c) { return a[c] / 2 - b[c] / 2; };
  if (!std::isfinite(largest_of(d, half))) return {INT_MAX, 0.5};
  return sum_of_squares(d, largest_of(d, half), 1, half);
}

WideSquare wide_square(double squared, const double* a, const double* b, Index d) {
  return is_safe_square(squared) ? wide_square(squared) : wide_square(a, b, d);
}

double length_of(double squared, const double* a, const double* b, Index d) {
  if (std::isnan(squared)) return squared;
  return is_safe_square(squared) ? std::sqrt(squared) : wide_square(a, b, d).root();
}

double checked_square(double length) {
  const double squared = length * length;
  if (std::isfinite(squared) && (squared > 0 || length == 0)) return squared;
  std::ostringstream text;
  text << "the square of the distance " << length << (squared > 0 ? " overflows" : " underflows")
       << ": leave out --squared";
  throw InputError(text.str());
}

}  // namespace maha::linalg
