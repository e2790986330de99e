#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "cli/app.hpp"

namespace maha::cli {

/// Shows progress: on a terminal one line, rewritten in place, that stays on one row however narrow the window is or
/// becomes; separate lines with --verbose; otherwise nothing.
class LiveLine {
 public:
  explicit LiveLine(App& app) : app_(app) {}
  ~LiveLine();
  LiveLine(const LiveLine&) = delete;
  LiveLine& operator=(const LiveLine&) = delete;

  /// Starts the clock.
  void start();
  double seconds() const;

  /// Whether it is time for another line.
  bool due() const { return on_ && seconds() >= next_; }

  /// Whether it is on a terminal, where lines can be rewritten.
  bool live() const { return live_; }

  /// Shows what there is to say, the most important first: on a terminal, as much of it as there is room for.
  void show(const std::vector<std::string>& fields);
  void clear();

 private:
  App& app_;
  std::chrono::steady_clock::time_point start_;
  bool on_ = false, live_ = false;
  bool plain_ = false;       // the terminal knows no escape sequences
  std::size_t written_ = 0;  // columns that are to be cleared
  double next_ = 0;
};

/// The fields from the first on that a row of so many columns has room for, separated by commas, with the tool's name
/// before them unless the row is narrow. Of the first one at least its beginning is there. The last column stays free,
/// since some terminals begin a new row once it is filled.
std::string live_text(const std::string& tool, const std::vector<std::string>& fields, std::size_t columns);

/// "12 s", "3 min", "2 h 5 min".
std::string duration(double seconds);

}  // namespace maha::cli
