#pragma once
/// Runs the real executables as a user does: a command line in a shell, in a directory of its own.

#include <chrono>
#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

namespace maha::test {

/// What a command line came to, each stream apart. Where an assertion fails, the last outcome is printed with it.
struct Outcome {
  std::string command;
  int status = 0;  ///< exit status; 128 + signal if one ended it, as shells say it; kTimedOut if it hung
  std::string out, err;
};
inline constexpr int kTimedOut = -1;

std::ostream& operator<<(std::ostream& os, const Outcome& outcome);

/// A fresh temporary directory, removed with the object. `datasets` in it leads to the project's folder, so that
/// examples run as pasted.
class Sandbox {
 public:
  Sandbox();
  ~Sandbox();
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  const std::filesystem::path& path() const { return path_; }

  void write(const std::string& name, const std::string& content) const;
  std::string read(const std::string& name) const;
  bool exists(const std::string& name) const { return std::filesystem::exists(path_ / name); }

  /// The names in the directory, sorted, without `datasets`: what a command has left behind.
  std::vector<std::string> files() const;

  /// Runs `command` with bash (pipefail: a pipeline's status is that of its last failing part), the built tools first
  /// on PATH, `input` through a pipe as standard input. The variables that tools read are unset, unless the command
  /// line sets them. After `limit` the command and its children are killed.
  Outcome run(const std::string& command, const std::string& input = "",
              std::chrono::milliseconds limit = std::chrono::minutes(5)) const;

 private:
  std::filesystem::path path_;
};

/// Checks that a command was refused: its exit status, nothing on standard output, and one line of error with
/// `message`.
void check_refused(const Outcome& outcome, int status, const std::string& message);

/// Whether a program is on PATH; if not, says that what needs it is left out.
bool is_installed(const Sandbox& box, const std::string& program);

/// The names of the built tools, sorted.
std::vector<std::string> tools();

/// The text of a file, or a thrown std::runtime_error naming it.
std::string read_text(const std::filesystem::path& path);

/// The text's lines, without their ends.
std::vector<std::string> lines(const std::string& text);

/// `text`, `times` over.
std::string repeated(const std::string& text, int times);

/// Splits wine into train.csv and test.csv, as examples do.
inline constexpr const char* kSplitWine =
    "maha-split --test 0.3 datasets/wine.csv --train-out train.csv --test-out test.csv";

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace maha::test
