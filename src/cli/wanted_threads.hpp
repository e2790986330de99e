#pragma once

#include <optional>
#include <string>

namespace maha::cli {

/// All of the text as a positive integer, or nothing.
std::optional<int> count_of_threads(const std::string& text);

/// How many threads to start: `jobs`, what -j says; else MAHA_THREADS, else OMP_NUM_THREADS, else the processors that
/// this process may use. Throws UsageError if MAHA_THREADS is no number of threads.
int wanted_threads(const std::optional<int>& jobs);

}  // namespace maha::cli
