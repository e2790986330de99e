/// How fast CSV is read: 1,000,000 x 20 numbers of 6 and of 17 digits, page cache warm, beside counting its lines and
/// beside bare loops that do nothing but convert numbers. Prints a Markdown table of MB/s: medians of interleaved runs.

#include <fast_float/fast_float.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>

#include "core/machine/reproducible.hpp"
#include "core/random.hpp"
#include "data/formats.hpp"
#include "io/input.hpp"
#include "io/text/csv_writer.hpp"

using namespace maha;

namespace {

constexpr Index kRows = 1'000'000, kColumns = 20;
constexpr int kRuns = 5;

/// Roughly Gaussian numbers.
void write_file(const std::string& path, bool short_numbers) {
  Random random(1);
  std::ofstream file(path);
  RowVector row(kColumns);
  for (Index i = 0; i < kRows; ++i) {
    std::string line;
    for (Index j = 0; j < kColumns; ++j) {
      row[j] = random.uniform() + random.uniform() + random.uniform() + random.uniform() - 2;
      char digits[32];
      if (short_numbers) line.append(digits, static_cast<std::size_t>(std::snprintf(digits, 32, "%.6g,", row[j])));
    }
    if (short_numbers) {
      line.back() = '\n';
    } else {
      io::append_numbers(line, row);
      line += '\n';
    }
    file << line;
  }
}

/// Hands `file` to `use` in pieces of whole lines.
template <class Use>
void each_piece(const std::string& file, Use&& use) {
  io::Input input(file);
  std::string buffer(1 << 18, '\0');
  std::size_t held = 0;
  for (;;) {
    const std::size_t got = input.read(buffer.data() + held, buffer.size() - held);
    if (held + got == 0) return;
    const std::size_t whole = std::string_view(buffer).substr(0, held + got).rfind('\n') + 1;
    use(buffer.data(), buffer.data() + whole);
    held += got - whole;
    std::memmove(buffer.data(), buffer.data() + whole, held);
  }
}

template <class Convert>
double bare_loop(const std::string& file, Convert&& convert) {
  double sum = 0;
  each_piece(file, [&](const char* p, const char* end) {
    for (double value = 0; p < end; ++p) {
      p = convert(p, end, value);
      sum += value;
    }
  });
  return sum;
}

double read_rows(const std::string& file, int threads) {
  data::ColumnRequest request;
  request.labels = data::LabelUse::optional;
  request.unlabeled = true;
  const std::unique_ptr<data::RowSource> rows = data::open_rows(file, request, {}, Threads(threads));
  double last = 0;
  for (data::RowBlock block; rows->next(block);) last = block.X(block.X.rows() - 1, 0);
  return last;
}

using Contestant = std::pair<const char*, std::function<double(const std::string&)>>;

const std::vector<Contestant> kContestants = {
    {"count lines",
     [](const std::string& file) {
       long lines = 0;
       each_piece(file, [&](const char* p, const char* end) { lines += std::count(p, end, '\n'); });
       return static_cast<double>(lines);
     }},
    {"bare loop, std::from_chars",
     [](const std::string& file) {
       return bare_loop(file, [](auto p, auto end, double& value) { return std::from_chars(p, end, value).ptr; });
     }},
    {"bare loop, fast_float",
     [](const std::string& file) {
       return bare_loop(file,
                        [](auto p, auto end, double& value) { return fast_float::from_chars(p, end, value).ptr; });
     }},
    {"bare loop, strtod",
     [](const std::string& file) {
       return bare_loop(file, [](const char* p, const char*, double& value) {
         char* end = nullptr;
         value = std::strtod(p, &end);
         return static_cast<const char*>(end);
       });
     }},
    {"maha, 1 thread", [](const std::string& file) { return read_rows(file, 1); }},
    {"maha, 2 threads", [](const std::string& file) { return read_rows(file, 2); }},
};

/// Median MB/s of each contestant.
std::map<std::string, double> measure(const std::string& file) {
  const double megabytes = static_cast<double>(std::filesystem::file_size(file)) / 1e6;
  std::map<std::string, std::vector<double>> speeds;
  for (int run = 0; run <= kRuns; ++run) {  // the first warms up
    for (const auto& [name, read] : kContestants) {
      const auto start = std::chrono::steady_clock::now();
      [[maybe_unused]] volatile double kept = read(file);
      const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
      if (run > 0) speeds[name].push_back(megabytes / seconds.count());
    }
  }
  std::map<std::string, double> medians;
  for (auto& [name, values] : speeds) {
    std::nth_element(values.begin(), values.begin() + kRuns / 2, values.end());
    medians[name] = values[kRuns / 2];
  }
  return medians;
}

}  // namespace

int main() {
  compute_alike_everywhere();
  const std::string base = std::filesystem::temp_directory_path() / ("maha-bench-" + std::to_string(::getpid()));
  const std::string short_file = base + "-6.csv", long_file = base + "-17.csv";
  write_file(short_file, true);
  write_file(long_file, false);
  auto short_speeds = measure(short_file), long_speeds = measure(long_file);
  std::printf("| 1,000,000 x 20, MB/s | 6 digits | 17 digits |\n|---|---|---|\n");
  for (const auto& [name, read] : kContestants) {
    std::printf("| %s | %.0f | %.0f |\n", name, short_speeds[name], long_speeds[name]);
  }
  std::filesystem::remove(short_file);
  std::filesystem::remove(long_file);
}
