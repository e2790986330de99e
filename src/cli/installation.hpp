#pragma once

#include <optional>
#include <string>

namespace maha::cli {

/// The version of maha, which the project states once.
const char* version();

/// The folder of the data sets that are installed with this executable. It is found from there, so that what is
/// installed may be moved. Nothing if the executable is not an installed one.
std::optional<std::string> installed_datasets();

/// A text as one word of a command line, quoted only if it must be.
std::string shell_word(const std::string& text);

}  // namespace maha::cli
