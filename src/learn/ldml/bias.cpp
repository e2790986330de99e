#include "learn/ldml/bias.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace maha::learn::ldml {

double find_least(const std::function<Slope(double b)>& at, double start, double error) {
  constexpr int kSteps = 2200;  // a bracket of doubles is halved to nothing in fewer; Newton takes three or four
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  double low = -kInfinity, high = kInfinity, b = start;
  for (int step = 0; step < kSteps; ++step) {
    const Slope here = at(b);
    if (!(std::abs(here.slope) > error)) break;
    (here.slope > 0 ? high : low) = b;
    // Where the slope is nearly flat Newton goes too far: no more than to twice as far from 0 as long as there is no
    // bracket, and never out of one.
    const double farthest = 2 * (1 + std::abs(b));
    double next = b - std::clamp(here.slope / here.curvature, -farthest, farthest);
    if (!(next > low && next < high)) next = low + (high - low) / 2;
    if (!std::isfinite(next) || next == low || next == high) break;
    b = next;
  }
  return b;
}

}  // namespace maha::learn::ldml
