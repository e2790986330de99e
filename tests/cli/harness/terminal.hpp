#pragma once
/// Runs a command whose standard error is a terminal, and sees what a window makes of it.

#include <cstddef>
#include <string>
#include <vector>

#include "harness.hpp"

namespace maha::test {

struct Window {
  std::size_t columns = 80;        ///< that the terminal says it has
  std::size_t really = columns;    ///< that it has
  std::size_t later = really;      ///< after half a second with a line on it that is twice as long
  bool folds = false;              ///< whether lines that a narrower window has no room for are folded, or else cut
  const char* terminal = "xterm";  ///< TERM
};

struct Seen {
  Outcome outcome;
  /// The rows of the window, without the empty ones at the end, each time the cursor went from a line back to its
  /// beginning; no more of them after the first line feed.
  std::vector<std::vector<std::string>> screens;
  std::vector<std::string> last;  ///< rows, in the end
  std::string bytes;              ///< all that came
};

Seen watch(const Sandbox& box, const std::string& command, const Window& window);

}  // namespace maha::test
