#pragma once

#include <string>

namespace maha {

/// A number as people read it, to so many significant digits, and below 1e9 with every digit before the point: 23514,
/// 0.3, 6.8e-07.
std::string rounded(double value, int digits = 4);

}  // namespace maha
