#pragma once

#include <optional>
#include <string>

#include "experiment/results/journal.hpp"

namespace maha::experiment {

/// The file of --journal: read at first, then appended to, so that finished cells survive interruptions, and are there
/// for a larger comparison.
class JournalFile {
 public:
  /// Opens or creates the file for a comparison whose experiment and data are known, and removes a truncated last line.
  /// If the run is of a shard, the file says so from then on.
  /// The file is locked for this run as long as the object lives. A pipe or a device is only written. Throws InputError
  /// naming the file if it is anything else or if another run has it; the file is then unchanged, and does not exist if
  /// it did not before.
  JournalFile(const std::string& path, const Results& results, const std::optional<Shard>& shard);
  ~JournalFile();
  JournalFile(const JournalFile&) = delete;
  JournalFile& operator=(const JournalFile&) = delete;

  /// The cells it held when it was opened.
  const JournalCells& cells() const { return cells_; }

  /// Appends a cell of the comparison.
  void append(const Results& results, const Cell& cell);

 private:
  void open();
  void take_up(const Results& results, const std::optional<Shard>& shard);
  [[noreturn]] void fail() const;
  void lock() const;
  void write(const std::string& text);

  std::string path_;
  JournalCells cells_;
  int descriptor_ = -1;
  bool regular_ = false;  // a file, not a pipe or device
  bool made_ = false;     // created by this run
};

/// A journal that is only read.
struct JournalText {
  std::string name;  ///< what messages call it
  std::string text;

  /// Whether its last line is cut off, as where a run was killed while it wrote.
  bool cut_off() const { return !text.empty() && text.back() != '\n'; }

  /// Throws InputError naming the journal.
  JournalCells cells(const JournalReader& reader) const;
};

/// Reads a journal, `-` is standard input. Throws InputError naming it, also where it does not begin as one.
JournalText read_journal(const std::string& path);

}  // namespace maha::experiment
