#pragma once

#include <string>

#include "plot/picture.hpp"

namespace maha::plot {

enum class Direction { x, y };

/// gnuplot treats numbers beyond half the largest double as undefined. A log axis ends here, and larger values are
/// drawn at its edge, which moves them by less than the width of a mark.
inline constexpr double kTopOfLogAxis = 8e307;

/// The gnuplot commands for one of a panel's axes: scale, range, tics. Names on y read from top to bottom. A log axis
/// has a tic at each power of ten, or at 1, 2 and 5 times those if there are few.
std::string axis_script(const Panel& panel, Direction direction);

}  // namespace maha::plot
