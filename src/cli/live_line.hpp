#pragma once

#include <chrono>
#include <string>

#include "cli/app.hpp"

namespace maha::cli {

/// Shows progress: a single line, rewritten in place, on a terminal; separate lines with --verbose; otherwise nothing.
class LiveLine {
 public:
  explicit LiveLine(const App& app) : app_(app) {}
  ~LiveLine() { clear(); }

  /// Starts the clock.
  void start();
  double seconds() const;

  /// Whether it is time for another line.
  bool due() const { return on_ && seconds() >= next_; }

  /// Whether it is on a terminal, where lines can be rewritten.
  bool live() const { return live_; }

  void show(const std::string& text);
  void clear();

 private:
  const App& app_;
  std::chrono::steady_clock::time_point start_;
  bool on_ = false, live_ = false;
  std::size_t width_ = 0;
  double next_ = 0;
};

}  // namespace maha::cli
