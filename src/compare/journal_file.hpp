#pragma once

#include <string>
#include <vector>

#include "data/experiment/results.hpp"

namespace maha::compare {

/// The file of --journal: read at first, appended to from then on, so that what is finished survives whatever comes.
class JournalFile {
 public:
  /// Opens the file, or makes it, for a comparison whose experiment and data are known; a line that was cut off is
  /// taken out. The file is this run's own as long as the object lives. A pipe or a device is written only. Throws
  /// InputError naming the file, which stays as it is if it is anything else, or if another run has it, and is not
  /// there if it was not.
  JournalFile(const std::string& path, const Results& results);
  ~JournalFile();
  JournalFile(const JournalFile&) = delete;
  JournalFile& operator=(const JournalFile&) = delete;

  /// The cells it held when it was opened.
  const std::vector<Cell>& cells() const { return cells_; }

  void append(const Cell& cell);

 private:
  void open();
  void take_up(const Results& results);
  [[noreturn]] void fail() const;
  void lock() const;
  void write(const std::string& text);

  std::string path_;
  std::vector<Cell> cells_;
  int descriptor_ = -1;
  bool regular_ = false;  // a file, and no pipe or device
  bool made_ = false;     // by this run
};

}  // namespace maha::compare
