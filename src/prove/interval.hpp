#pragma once
/// Intervals that hold what is computed, whatever was rounded. IEEE 754 rounds +, -, *, / and the root of doubles to the
/// nearest: off by at most u = 2^-53 of the result, or by 2^-1075 where it underflows. Ends are moved out by four times
/// that, which covers the rounding of the move too. The library's log is off by less than 2^-52 of its result or of 1;
/// its ends are moved twice.

#include <algorithm>
#include <cmath>
#include <limits>

namespace maha::prove {

inline constexpr double kU = 0x1p-53;
inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Interval {
  double lo, hi;

  Interval(double x = 0) : lo(x), hi(x) {}
  Interval(double low, double high) : lo(low), hi(high) {}
};

/// From computed ends. Where one is no number or infinite, nothing is known.
inline Interval outward(double lo, double hi) {
  if (!std::isfinite(lo) || !std::isfinite(hi)) return {-kInfinity, kInfinity};
  return {lo - (4 * kU * std::abs(lo) + 0x1p-1070), hi + (4 * kU * std::abs(hi) + 0x1p-1070)};
}

inline Interval operator+(Interval a, Interval b) { return outward(a.lo + b.lo, a.hi + b.hi); }
inline Interval operator-(Interval a, Interval b) { return outward(a.lo - b.hi, a.hi - b.lo); }
inline Interval operator*(Interval a, Interval b) {
  const double p = a.lo * b.lo, q = a.lo * b.hi, r = a.hi * b.lo, s = a.hi * b.hi;
  if (!std::isfinite(p + q + r + s)) return {-kInfinity, kInfinity};
  return outward(std::min({p, q, r, s}), std::max({p, q, r, s}));
}
inline Interval operator/(Interval a, Interval b) {
  if (!(b.lo > 0 || b.hi < 0)) return {-kInfinity, kInfinity};
  return a * outward(1 / b.hi, 1 / b.lo);
}
inline Interval& operator+=(Interval& a, Interval b) { return a = a + b; }

inline Interval max(Interval a, Interval b) { return {std::max(a.lo, b.lo), std::max(a.hi, b.hi)}; }
inline Interval min(Interval a, Interval b) { return {std::min(a.lo, b.lo), std::min(a.hi, b.hi)}; }
inline Interval plus_minus(double x, double error) { return Interval(x) + Interval(-error, error); }

/// Of numbers that are known not to be negative.
inline Interval root(Interval a) {
  const Interval r = outward(std::sqrt(std::max(a.lo, 0.0)), std::sqrt(a.hi));
  return {std::max(r.lo, 0.0), r.hi};
}

inline Interval log(Interval a) {
  if (!(a.lo > 0)) return {-kInfinity, kInfinity};
  const Interval once = outward(std::log(a.lo) - 4 * kU, std::log(a.hi) + 4 * kU);
  return outward(once.lo, once.hi);
}

}  // namespace maha::prove
