#include "cli/live_line.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "core/text/text.hpp"

namespace maha::cli {
namespace {

constexpr double kLiveEvery = 0.1, kLineEvery = 0.5;  // seconds: smooth on a terminal, not too many lines in a log
constexpr std::size_t kUsualColumns = 80;             // of a terminal that does not say how wide it is
constexpr std::size_t kNarrow = 60;                   // columns below which figures need the room of the tool's name

// A line that outgrows its row, as when the window shrinks while it is on its way, is cut by the terminal. The cursor
// goes back to the beginning: if the terminal folds the line of a shrunken window, the next one erases all of it.
constexpr const char *kDoNotWrap = "\r\x1b[?7l", *kWrapAgain = "\x1b[?7h\r", *kEraseBelow = "\x1b[J";

/// Asked each time, since the window may change.
std::size_t columns() {
  struct winsize size {};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : kUsualColumns;
}

/// The columns that the UTF-8 character with this first byte may take: from U+1000 on many are wide. 0: it is not the
/// first.
std::size_t columns_of(char byte) {
  const auto lead = static_cast<unsigned char>(byte);
  return (lead & 0xC0) == 0x80 ? 0 : lead <= 0xE0 ? 1 : 2;
}

std::size_t columns_of(std::string_view text) {
  std::size_t all = 0;
  for (const char byte : text) all += columns_of(byte);
  return all;
}

/// What fits into so many columns.
std::string_view beginning(std::string_view text, std::size_t most) {
  std::size_t taken = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    taken += columns_of(text[at]);
    if (taken > most) return text.substr(0, at);
  }
  return text;
}

}  // namespace

std::string live_text(const std::string& tool, const std::vector<std::string>& fields, std::size_t columns) {
  const std::size_t room = std::max<std::size_t>(columns, 1) - 1;
  std::string line = columns < kNarrow ? "" : tool + ": ";
  for (std::size_t f = 0; f < fields.size(); ++f) {
    const std::string next = (f > 0 ? ", " : "") + printable(fields[f]);
    if (f > 0 && columns_of(line) + columns_of(next) > room) break;
    line += next;
  }
  return std::string(beginning(line, room));
}

std::string duration(double seconds) {
  constexpr long kMost = 100;  // two digits say enough
  if (seconds < kMost) return std::to_string(std::lround(seconds)) + " s";
  const long minutes = std::lround(seconds / 60);
  if (minutes < kMost) return std::to_string(minutes) + " min";
  return std::to_string(minutes / 60) + " h " + std::to_string(minutes % 60) + " min";
}

LiveLine::~LiveLine() {
  clear();
  if (live_) app_.before_messages({});
}

void LiveLine::start() {
  const bool speaks = app_.ranks().is_first();
  live_ = speaks && ::isatty(STDERR_FILENO) && !app_.quiet() && !app_.verbose();
  on_ = live_ || (speaks && app_.verbose());
  const char* const terminal = std::getenv("TERM");
  plain_ = !terminal || !*terminal || terminal == std::string_view("dumb");
  start_ = std::chrono::steady_clock::now();
  if (live_) app_.before_messages([this] { clear(); });
}

double LiveLine::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

void LiveLine::show(const std::vector<std::string>& fields) {
  next_ = seconds() + (live_ ? kLiveEvery : kLineEvery);
  if (!live_) {
    std::string text;
    for (const std::string& field : fields) text += (text.empty() ? "" : ", ") + field;
    return app_.detail(text);
  }
  const std::size_t row = columns();
  const std::string line = live_text(app_.name(), fields, row);
  const std::size_t width = columns_of(line), before = std::min(written_, row - 1);
  written_ = width;
  if (plain_) {
    std::cerr << '\r' + line + std::string(before > width ? before - width : 0, ' ') << std::flush;
  } else {
    std::cerr << kDoNotWrap + line + kEraseBelow + kWrapAgain << std::flush;
  }
}

void LiveLine::clear() {
  if (written_ == 0) return;
  const std::string blanks = plain_ ? std::string(std::min(written_, columns() - 1), ' ') + '\r' : kEraseBelow;
  std::cerr << '\r' + blanks << std::flush;
  written_ = 0;
}

}  // namespace maha::cli
