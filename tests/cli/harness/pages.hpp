#pragma once
/// What pages of documentation tell people to paste, and pasting it.

#include <optional>
#include <string>
#include <vector>

#include "harness.hpp"

namespace maha::test {

/// Command lines of a Markdown text that show the tools at work, and what they print, if that is shown.
struct Shown {
  std::string commands;
  std::optional<std::string> output;
  std::string section = {};             ///< the heading `## ` that they stand under
  std::vector<std::string> needs = {};  ///< programs beyond what every system has, `python3:sklearn` with its module
  bool operator==(const Shown&) const = default;
};

/// The ```sh blocks that begin so, each with the ```text block that follows it at once. Blocks that do not begin with a
/// tool (getting the source, building, installing) are not for a test to run, as a rule. A line `<!-- needs: a b -->`
/// holds for the next block.
std::vector<Shown> tool_blocks(const std::string& markdown, const std::string& beginning = "maha");

/// What has to stand before commands that need these programs, nothing as a rule; std::nullopt if one is missing. Of
/// several Pythons that of the system may be the one with the modules.
std::optional<std::string> preparation(const Sandbox& box, const std::vector<std::string>& needs);

/// Runs commands as they are pasted: where `head` has seen enough, `sort` before it may end by SIGPIPE, and that is
/// well. So it is by what the tools say that a failure inside a pipe is seen: warnings and notes are none. Where there
/// is no gnuplot, pictures cannot be pasted. A make that the tests themselves run under is not passed on.
Outcome paste(const Sandbox& box, const std::string& commands);

}  // namespace maha::test
