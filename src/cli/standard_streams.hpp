#pragma once

#include <functional>
#include <string>

namespace maha::cli {

/// Reserves standard streams that were closed when the process began (`2>&-`). Otherwise the first file opened would
/// take their place and receive what is meant for the stream. Using such a stream remains an error. To be called first.
void hold_standard_streams();

/// Writes what was asked for in place of work. Returns the exit status: 0, also if nobody reads on; else kBadData, after
/// `say` was given the error.
int print(const std::string& text, const std::function<void(const std::string& error)>& say);

}  // namespace maha::cli
