#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "cli/help/page.hpp"

namespace maha::cli {

/// What is wrong with the command line of the tool of this page, which did not parse. Where it is `incomplete`, that is what
/// nobody expected, and what it was meant to be; `otherwise`, what the parser says.
std::string complaint(const CLI::App& parser, const Page& page, const std::string& otherwise, bool incomplete);

/// The command line of the tool behind maha-convert, which reads `path`, a file that is named on it, in its place.
std::string after_convert(const std::string& tool, const std::vector<std::string>& words, const std::string& path);

}  // namespace maha::cli
