#include "terminal.hpp"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>

namespace maha::test {
namespace {

/// What a window shows. It knows CR, LF and the escape sequences J (erase from the cursor on) and ?7l, ?7h (whether
/// text goes on in the next row); others it shows.
class Screen {
 public:
  Screen(std::size_t columns, bool folds) : columns_(columns), folds_(folds) {}

  void feed(char byte) {
    pending_ += byte;
    const bool escape = pending_[0] == '\x1b';
    if (escape ? pending_.size() < 3 || !std::isalpha(static_cast<unsigned char>(byte))
               : pending_.size() < length(pending_[0])) {
      return;
    }
    const std::string text = std::exchange(pending_, "");
    if (escape) return sequence(text);
    if (text == "\r") {
      column_ = 0;
    } else if (text == "\n") {
      ++row_;
    } else {
      put(text);
    }
  }

  void resize(std::size_t columns) {
    columns_ = columns;
    folds_ ? fold() : cut();
  }

  std::vector<std::string> rows() const {
    std::vector<std::string> all;
    for (const Row& row : rows_) {
      std::string text;
      for (const std::string& cell : row.cells) text += cell;
      text.erase(text.find_last_not_of(' ') + 1);
      all.push_back(text);
    }
    while (!all.empty() && all.back().empty()) all.pop_back();
    return all;
  }

 private:
  /// Characters; one that takes two columns has an empty one after it.
  struct Row {
    std::vector<std::string> cells;
    bool goes_on = false;  // in the next row
  };

  /// Bytes of a UTF-8 character that begins so.
  static std::size_t length(char byte) {
    const auto lead = static_cast<unsigned char>(byte);
    return lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  }

  static std::size_t width(const std::string& text) { return text >= "\u4e00" && text <= "\u9fff" ? 2 : 1; }

  Row& here() {
    if (rows_.size() <= row_) rows_.resize(row_ + 1);
    return rows_[row_];
  }

  void put(const std::string& text) {
    const std::size_t wide = width(text);
    if (column_ + wide > columns_) {
      if (wraps_) {
        here().goes_on = true;
        ++row_;
        column_ = 0;
      } else {
        column_ = columns_ - wide;
      }
    }
    std::vector<std::string>& cells = here().cells;
    if (cells.size() < column_ + wide) cells.resize(column_ + wide, " ");
    cells[column_] = text;
    if (wide == 2) cells[column_ + 1] = "";
    column_ += wide;
  }

  void sequence(const std::string& text) {
    if (text == "\x1b[J") {
      Row& row = here();
      row.cells.resize(std::min(row.cells.size(), column_));
      row.goes_on = false;
      rows_.resize(row_ + 1);
    } else if (text == "\x1b[?7l" || text == "\x1b[?7h") {
      wraps_ = text.back() == 'h';
    } else {
      for (const char shown : "<" + text.substr(1) + "?>") put(std::string(1, shown));
    }
  }

  void cut() {
    for (Row& row : rows_) row.cells.resize(std::min(row.cells.size(), columns_));
    column_ = std::min(column_, columns_);
  }

  /// Writes all lines anew, and puts the cursor where its character has gone.
  void fold() {
    const std::vector<Row> before = std::exchange(rows_, {});
    const std::size_t row = std::exchange(row_, 0), column = std::exchange(column_, 0);
    const bool wrapped = std::exchange(wraps_, true);
    std::size_t new_row = 0, new_column = 0;
    for (std::size_t r = 0; r < before.size(); ++r) {
      for (std::size_t c = 0; c < before[r].cells.size(); ++c) {
        if (r == row && c == column) {
          new_row = row_;
          new_column = column_;
        }
        if (!before[r].cells[c].empty()) put(before[r].cells[c]);
      }
      if (r == row && column >= before[r].cells.size()) {
        new_row = row_;
        new_column = column_;
      }
      if (before[r].goes_on) continue;
      ++row_;
      column_ = 0;
    }
    row_ = new_row;
    column_ = new_column;
    wraps_ = wrapped;
  }

  std::size_t columns_;
  bool folds_, wraps_ = true;
  std::vector<Row> rows_;
  std::size_t row_ = 0, column_ = 0;
  std::string pending_;
};

void check(bool fine, const char* what) {
  if (!fine) throw std::runtime_error(std::string("a terminal: ") + what);
}

/// A pseudo-terminal; both ends stay open as long as it lives.
class Terminal {
 public:
  explicit Terminal(std::size_t columns) {
    check(ours_ >= 0 && grantpt(ours_) == 0 && unlockpt(ours_) == 0, "there is none");
    name_ = ptsname(ours_);
    theirs_ = open(name_.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
    check(theirs_ >= 0, "cannot be opened");
    resize(columns);
  }
  ~Terminal() {
    close(theirs_);
    close(ours_);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  void resize(std::size_t columns) const {
    const struct winsize size { 24, static_cast<unsigned short>(columns), 0, 0 };
    check(ioctl(ours_, TIOCSWINSZ, &size) == 0, "does not take a size");
  }

  /// What has come, once there is something; nothing if that takes too long.
  std::string read_some(std::chrono::milliseconds limit) const {
    struct pollfd wanted {
      ours_, POLLIN, 0
    };
    char bytes[4096];
    if (poll(&wanted, 1, static_cast<int>(limit.count())) < 1) return "";
    const ssize_t n = read(ours_, bytes, sizeof bytes);
    return {bytes, static_cast<std::size_t>(std::max<ssize_t>(n, 0))};
  }

  const std::string& name() const { return name_; }

 private:
  int ours_ = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC), theirs_ = -1;
  std::string name_;
};

/// Before the cursor goes back from a line. If the line ends by going there, the next one begins with that, and finds
/// the window as it was.
void look(const Screen& screen, Seen& seen) {
  const bool begins = !seen.bytes.empty() && seen.bytes.back() == '\r';
  if (std::vector<std::string> rows = screen.rows(); !begins && !rows.empty()) seen.screens.push_back(std::move(rows));
}

}  // namespace

Seen watch(const Sandbox& box, const std::string& command, const Window& window) {
  constexpr std::chrono::milliseconds kTick{20}, kUntilLater{500};
  const Terminal terminal(window.columns);
  Screen screen(window.really, window.folds);
  Seen seen;
  const auto take = [&](const std::string& bytes) {
    for (const char byte : bytes) {
      if (byte == '\r' && seen.bytes.find('\n') == std::string::npos) look(screen, seen);
      screen.feed(byte);
      seen.bytes += byte;
    }
  };
  std::atomic<bool> over = false;
  std::thread reader([&] {
    std::optional<std::chrono::steady_clock::time_point> resize_at;
    while (!over) {
      take(terminal.read_some(kTick));
      const auto now = std::chrono::steady_clock::now();
      const bool is_long = !seen.screens.empty() && seen.screens.back().front().size() >= 2 * window.later;
      if (!resize_at && is_long) resize_at = now + kUntilLater;
      if (window.later == window.really || !resize_at || now < *resize_at) continue;
      terminal.resize(window.later);
      screen.resize(window.later);
      resize_at = std::chrono::steady_clock::time_point::max();
    }
  });
  seen.outcome = box.run("exec 2>" + terminal.name() + "; export TERM=" + window.terminal + "; " + command);
  over = true;
  reader.join();
  for (std::string rest; !(rest = terminal.read_some(kTick)).empty();) take(rest);
  seen.last = screen.rows();
  return seen;
}

}  // namespace maha::test
