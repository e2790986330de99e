#pragma once
/// Tools on a system that fails at one moment, by what is preloaded before them.

#include <string>
#include <vector>

#include "harness.hpp"
#include "tool_commands.hpp"

namespace maha::test {

/// Whether the test is to be as long as a count in docs/reliability.md, which MAHA_LONG asks for.
bool at_length();

/// Whether anything can be preloaded: not before a sanitizer.
bool can_preload();

/// What a command came to with a fault; see preload/poorer_system.cpp for how one is written.
struct Faulted {
  Outcome outcome;
  long calls = -1;  ///< of the kind that the fault is about; -1 where the process was cut short
};
Faulted run_with(const std::string& fault, const Sandbox& box, const std::string& command);

/// A command of a tool, which writes its result to `old`.
struct FailingCase {
  std::string tool, line;
  std::string expected;  ///< the result
};

/// A folder for commands that are to fail, with the file `old` from before.
class Folder {
 public:
  Folder();

  /// A case of every tool, or in short tests of `some`, after a run of each without a fault; one more reads gzip.
  std::vector<FailingCase> cases(std::vector<std::string> some) const;

  /// What there is beside what may come of a fault: the result as ever, or a line and the status 1 with the old file as
  /// it was and nothing left beside it. Or nothing.
  std::string harm_done(const FailingCase& of, const Outcome& outcome) const;

  /// Whether what the folder held is all there is.
  bool is_clean() const { return box.files() == held_; }

  /// The next case finds what this one did.
  void reset() const;

  /// The content of `old` from before.
  static const std::string kOld;

  Sandbox box;

 private:
  std::vector<std::string> held_;
};

/// Counts cases, and prints in the end what came of them, as the checks of tests/reliability do.
class Tally {
 public:
  explicit Tally(std::string name) : name_(std::move(name)) {}
  ~Tally();
  Tally(const Tally&) = delete;
  Tally& operator=(const Tally&) = delete;

  /// `harm` is empty where all was well; it fails the test otherwise, with the case that it is of.
  void add(const std::string& harm, const std::string& about, const Outcome& outcome);

 private:
  std::string name_;
  long tried_ = 0, failed_ = 0;
};

}  // namespace maha::test
