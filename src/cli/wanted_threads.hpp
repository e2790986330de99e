#pragma once

#include <optional>
#include <string>

namespace maha::cli {

/// All of the text as a positive integer, or nothing.
std::optional<int> count_of_threads(const std::string& text);

/// How many threads to start: `jobs`, what -j says; else MAHA_THREADS, else OMP_NUM_THREADS, else the processors that
/// this process may use, and of those of the machine no more than its share where `processes` of a task are on it. Throws
/// UsageError if MAHA_THREADS is no number of threads.
int wanted_threads(const std::optional<int>& jobs, int processes = 1);

}  // namespace maha::cli
