#pragma once

#include <string>

#include "plot/picture.hpp"

namespace maha {

/// What gnuplot, as found on PATH, writes to its standard output for a script. The user's own settings
/// (~/.gnuplot) do not count. SVG is well-formed XML whatever text the script shows. Throws InputError if there is no
/// gnuplot, saying how to come by it, or if it fails, with what it says of the reason.
std::string run_gnuplot(const std::string& script, PictureFormat format);

}  // namespace maha
