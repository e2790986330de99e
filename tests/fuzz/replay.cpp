/// fuzz_replay FOLDER...: gives each target the files of FOLDER/TARGET/, which are inputs to begin with, or such as a
/// target has once failed on. It says which file is next, so that the last line names one that ends it.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "fuzz.hpp"

namespace {

using maha::fuzz::require;

struct Target {
  const char* name;
  void (*run)(std::string_view input);
};

constexpr Target kTargets[] = {
    {"csv", maha::fuzz::csv},
    {"explanation", maha::fuzz::explanation},
    {"fit", maha::fuzz::fit},
    {"journal", maha::fuzz::journal},
    {"model", maha::fuzz::model},
    {"options", maha::fuzz::options},
    {"pairs", maha::fuzz::pairs},
    {"results", maha::fuzz::results},
    {"statistics", maha::fuzz::statistics},
};

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::exists(folder)) return files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

int main(int count, char** arguments) {
  int inputs = 0;
  for (const auto& [name, run] : kTargets) {
    for (int a = 1; a < count; ++a) {
      for (const std::filesystem::path& file : files_in(std::filesystem::path(arguments[a]) / name)) {
        std::printf("%s\n", file.c_str());
        std::fflush(stdout);
        std::ifstream stream(file, std::ios::binary);
        const std::string input{std::istreambuf_iterator<char>(stream), {}};
        run(input);
        ++inputs;
      }
    }
  }
  std::printf("%d inputs\n", inputs);
  require(inputs > 0, "there are inputs");
}
