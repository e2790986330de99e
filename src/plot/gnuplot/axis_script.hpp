#pragma once

#include <string>

#include "plot/layout/layout.hpp"

namespace maha::plot {

/// The gnuplot commands for a panel's axes: lines, scales, ranges, tics.
std::string axes_script(const Panel& panel, const Layout::PlacedPanel& placed);

}  // namespace maha::plot
