#pragma once

#include <functional>

namespace maha::learn::ldml {

/// The slope of a convex function at b, and its curvature.
struct Slope {
  double slope = 0, curvature = 0;
};

/// The b where a convex function is least, its slope going from below 0 to above 0: within `error` of slope 0, or the
/// nearest number. Newton's steps from `start`, within the bracket that the slopes' signs have left, else halves of it.
double find_least(const std::function<Slope(double b)>& at, double start, double error);

}  // namespace maha::learn::ldml
