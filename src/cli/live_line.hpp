#pragma once

#include <chrono>
#include <string>

#include "cli/app.hpp"

namespace maha::cli {

/// How far the work has come: one line on a terminal, written over and over; lines with --verbose; nothing else.
class LiveLine {
 public:
  explicit LiveLine(const App& app) : app_(app) {}
  ~LiveLine() { clear(); }

  /// Starts the clock.
  void start();
  double seconds() const;

  /// Whether the time for another line has come.
  bool due() const { return on_ && seconds() >= next_; }

  /// Whether it is on a terminal, where there is room for what passes.
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
