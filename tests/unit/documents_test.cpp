/// The pages lead to each other, and no tool is left out of them.

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "learn/table.hpp"

using namespace maha;
namespace fs = std::filesystem;

namespace {

const fs::path root(MAHA_SOURCE_DIR);

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool mentions(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// In how many lines a text has `part`, as the tables and lists of all tools and pages have each once.
int lines_with(const std::string& text, const std::string& part) {
  std::istringstream in(text);
  int count = 0;
  for (std::string line; std::getline(in, line);) count += mentions(line, part);
  return count;
}

std::vector<fs::path> pages() {
  std::vector<fs::path> result;
  for (const char* folder : {".", "docs", "datasets"}) {
    for (const auto& entry : fs::directory_iterator(root / folder)) {
      if (entry.path().extension() == ".md") result.push_back(entry.path());
    }
  }
  return result;
}

/// The targets of a page's links to files, without those in code and without #parts. Line by line, since std::regex
/// recurses over what it matches.
std::vector<std::string> file_links(const std::string& text) {
  static const std::regex code("`[^`]*`"), link(R"(\]\(([^)#]+)[^)]*\))");
  std::vector<std::string> result;
  std::istringstream page(text);
  bool fenced = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("```")) fenced = !fenced;
    if (fenced) continue;
    const std::string prose = std::regex_replace(line, code, "");
    for (std::sregex_iterator it(prose.begin(), prose.end(), link), end; it != end; ++it) {
      if (!mentions((*it)[1], "://")) result.push_back((*it)[1]);
    }
  }
  return result;
}

/// Those with a source of their own, and one for every learner.
std::vector<std::string> tools() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(root / "apps")) {
    const std::string name = entry.path().stem().string();
    if (name.starts_with("maha")) names.push_back(name);
  }
  for (const std::string& name : learn::learner_names()) {
    if (learn::make_learner(name)->from() != learn::From::nothing) names.push_back("maha-" + name);
  }
  return names;
}

}  // namespace

TEST_CASE("documents: links are found where they are, and not in code") {
  CHECK(file_links("[a](b.md) `[c](d)` [e](f.md#g) [h](https://i/j)\n```\n[k](l)\n```\n[`m`](n)\n") ==
        std::vector<std::string>{"b.md", "f.md", "n"});
}

TEST_CASE("documents: every link to a file leads to one") {
  int links = 0;
  for (const fs::path& page : pages()) {
    for (const std::string& target : file_links(text_of(page))) {
      ++links;
      CHECK_MESSAGE(fs::exists(page.parent_path() / target), page.string(), ": ", target);
    }
  }
  CHECK(links > 5);
}

TEST_CASE("documents: every tool has its page and its line in the README, every page its line in the index") {
  const std::string readme = text_of(root / "README.md"), index = text_of(root / "docs" / "README.md");
  for (const std::string& tool : tools()) {
    CHECK_MESSAGE(lines_with(readme, "| `" + tool + "` |") == 1, tool, " has no line in README.md, or several");
    CHECK_MESSAGE(fs::exists(root / "docs" / (tool + ".md")), tool, " has no page in docs/");
  }
  for (const auto& entry : fs::directory_iterator(root / "docs")) {
    const std::string page = entry.path().filename().string();
    if (page == "README.md" || entry.is_directory()) continue;
    CHECK_MESSAGE(lines_with(index, "](" + page + ")") == 1, page, " has no line in docs/README.md, or several");
  }
}
