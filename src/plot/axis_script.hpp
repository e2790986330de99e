#pragma once

#include <string>

#include "plot/picture.hpp"

namespace maha {

enum class Direction { x, y };

/// gnuplot takes numbers beyond half the largest double for undefined. A log axis ends here, with what is larger on its
/// edge, by less than the width of a mark.
inline constexpr double kTopOfLogAxis = 8e307;

/// The gnuplot commands for one of a panel's axes: scale, range, tics. Names on y read from top to
/// bottom. A log axis has a tic at each power of ten, or at 1, 2 and 5 times those where there are few.
std::string axis_script(const Panel& panel, Direction direction);

}  // namespace maha
