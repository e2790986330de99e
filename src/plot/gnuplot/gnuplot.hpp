#pragma once

#include <string>

#include "plot/picture.hpp"

namespace maha::plot {

/// What the gnuplot on PATH writes to its standard output for a script. The user's settings (~/.gnuplot) are ignored.
/// SVG is well-formed XML, whatever text the script shows. Throws InputError if there is no gnuplot, saying how to
/// install it, or if it fails, with its reason.
std::string run_gnuplot(const std::string& script, PictureFormat format);

}  // namespace maha::plot
