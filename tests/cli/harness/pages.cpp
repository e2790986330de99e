#include "pages.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <utility>

namespace maha::test {
namespace {

constexpr const char* kNeeds = "<!-- needs: ";

/// The words of a line `<!-- needs: a b -->`.
std::vector<std::string> needs_of(const std::string& line) {
  std::istringstream words(line.substr(std::string(kNeeds).size()));
  std::vector<std::string> result;
  for (std::string word; words >> word && word != "-->";) result.push_back(word);
  return result;
}

/// What preparation() is to know.
std::optional<std::string> looked_for(const Sandbox& box, const std::vector<std::string>& needs) {
  std::string before;
  for (const std::string& need : needs) {
    const std::size_t colon = need.find(':');
    const std::string program = need.substr(0, colon);
    if (box.run("command -v " + program).status != 0) return std::nullopt;
    if (colon == std::string::npos) continue;
    const std::string module = need.substr(colon + 1);
    if (program == "Rscript") {
      if (box.run("Rscript -e 'library(" + module + ")'").status != 0) return std::nullopt;
    } else if (program == "julia") {
      if (box.run("julia -e 'using " + module + "'").status != 0) return std::nullopt;
    } else if (box.run(before + program + " -c 'import " + module + "'").status != 0) {
      before = program + "() { /usr/bin/" + program + " \"$@\"; }\n";
      if (box.run(before + program + " -c 'import " + module + "'").status != 0) return std::nullopt;
    }
  }
  return before;
}

}  // namespace

std::vector<Shown> tool_blocks(const std::string& markdown, const std::string& beginning) {
  std::vector<Shown> blocks;
  std::string fence, block, section;
  std::vector<std::string> needs;
  bool after_tools = false;  // the last line closed a block of tools
  for (const std::string& line : lines(markdown)) {
    if (fence.empty()) {
      if (line.starts_with("## ")) section = line.substr(3);
      if (line.starts_with(kNeeds)) needs = needs_of(line);
      if (line.starts_with("```")) fence = line;
      if (fence != "```text") after_tools = false;
      block.clear();
    } else if (line != "```") {
      block += line + "\n";
    } else {
      if (after_tools) blocks.back().output = block;
      after_tools = fence == "```sh" && block.starts_with(beginning);
      if (after_tools) blocks.push_back({block, {}, section, std::exchange(needs, {})});
      fence.clear();
    }
  }
  return blocks;
}

std::optional<std::string> preparation(const Sandbox& box, const std::vector<std::string>& needs) {
  static std::map<std::vector<std::string>, std::optional<std::string>> known;  // to import a module takes a second
  const auto [found, is_new] = known.try_emplace(needs);
  if (is_new) found->second = looked_for(box, needs);
  return found->second;
}

Outcome paste(const Sandbox& box, const std::string& commands) {
  Outcome outcome = box.run("unset MAKEFLAGS MFLAGS MAKELEVEL\nset -e +o pipefail\n" + commands);
  for (const std::string& line : lines(outcome.err)) {
    const bool harmless = contains(line, ": warning: ") || contains(line, ": note: ");
    if (line.starts_with("maha") && !harmless) outcome.status = std::max(outcome.status, 1);
  }
  if (contains(outcome.err, "gnuplot is not on PATH")) {
    MESSAGE("not tested for want of gnuplot: ", commands);
    outcome.status = 0;
  }
  return outcome;
}

}  // namespace maha::test
