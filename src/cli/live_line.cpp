#include "cli/live_line.hpp"

#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "core/text/text.hpp"

namespace maha::cli {
namespace {

constexpr double kLiveEvery = 0.1, kLineEvery = 0.5;  // seconds: smooth on a terminal, not too many lines in a log

}  // namespace

void LiveLine::start() {
  live_ = ::isatty(STDERR_FILENO) && !app_.quiet() && !app_.verbose();
  on_ = live_ || app_.verbose();
  start_ = std::chrono::steady_clock::now();
}

double LiveLine::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

void LiveLine::show(const std::string& text) {
  next_ = seconds() + (live_ ? kLiveEvery : kLineEvery);
  if (!live_) return app_.detail(text);
  std::string line = app_.name() + ": " + printable(text);
  const std::size_t width = line.size();
  line.resize(std::max(width, width_), ' ');
  width_ = width;
  std::cerr << '\r' + line << std::flush;
}

void LiveLine::clear() {
  if (width_ > 0) std::cerr << '\r' + std::string(width_, ' ') + '\r' << std::flush;
  width_ = 0;
}

}  // namespace maha::cli
