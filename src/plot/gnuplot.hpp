#pragma once

#include <string>

namespace maha {

/// What gnuplot, as found on PATH, writes to its standard output for a script. The user's own settings
/// (~/.gnuplot) do not count. Throws InputError if there is no gnuplot, saying how to come by it, or if it fails, with
/// what it says of the reason.
std::string run_gnuplot(const std::string& script);

}  // namespace maha
