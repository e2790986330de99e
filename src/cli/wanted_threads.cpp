#include "cli/wanted_threads.hpp"

#include <algorithm>
#include <cstdlib>
#include <thread>

#include "core/error.hpp"
#include "core/machine/parallel.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"

namespace maha::cli {
namespace {

/// The first item of OMP_NUM_THREADS, which may be a list with a number for each level of nested loops.
std::string outer_level(const std::string& list) {
  const std::string first = list.substr(0, list.find(','));
  const std::size_t begin = first.find_first_not_of(" \t"), end = first.find_last_not_of(" \t");
  return begin == std::string::npos ? "" : first.substr(begin, end + 1 - begin);
}

}  // namespace

std::optional<int> count_of_threads(const std::string& text) {
  const std::optional<int> count = whole_number<int>(text);
  return count && *count > 0 ? count : std::nullopt;
}

int wanted_threads(const std::optional<int>& jobs, int processes) {
  if (jobs) return *jobs;
  if (const char* const ours = std::getenv("MAHA_THREADS"); ours && *ours) {
    if (const auto count = count_of_threads(ours)) return *count;
    throw UsageError("MAHA_THREADS: " + in_quotes(ours) + " is not a number of threads");
  }
  const char* const others = std::getenv("OMP_NUM_THREADS");  // not ours, so a value that makes no sense is no error
  const auto count = count_of_threads(others ? outer_level(others) : "");
  if (count) return *count;
  const int share = static_cast<int>(std::thread::hardware_concurrency()) / processes;
  return processes == 1 ? available_processors() : std::clamp(share, 1, available_processors());
}

}  // namespace maha::cli
