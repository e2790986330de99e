#include "experiment/results/journal_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/error.hpp"
#include "io/input.hpp"

namespace maha::experiment {

namespace {

template <class Work>
auto naming(const std::string& journal, const Work& work) {
  try {
    return work();
  } catch (const InputError& e) {
    throw InputError(journal + ": " + e.what());
  }
}

}  // namespace

JournalFile::JournalFile(const std::string& path, const Results& results, const std::optional<Shard>& shard)
    : path_(path) {
  open();
  try {
    take_up(results, shard);
  } catch (...) {
    if (made_) ::unlink(path_.c_str());
    ::close(descriptor_);
    throw;
  }
}

void JournalFile::open() {
  constexpr int kMode = O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC;
  descriptor_ = ::open(path_.c_str(), kMode | O_EXCL, 0666);
  made_ = descriptor_ >= 0;
  if (!made_) descriptor_ = ::open(path_.c_str(), kMode, 0666);
  if (descriptor_ < 0) fail();
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) fail();
  regular_ = S_ISREG(status.st_mode);
  if (regular_) lock();
}

/// Takes the cells of an existing journal, or begins a new one.
void JournalFile::take_up(const Results& results, const std::optional<Shard>& shard) {
  const JournalText had{path_, regular_ ? io::read_all(path_) : ""};  // a pipe has nothing to continue from
  cells_ = had.cells(JournalReader(results));
  const std::size_t whole = had.text.rfind('\n') + 1;  // 0 if there is no line
  if (had.cut_off() && ::ftruncate(descriptor_, static_cast<off_t>(whole)) != 0) fail();
  if (whole == 0) write(journal_opening());
  if (shard && !cells_.shards.contains(*shard)) write(journal_line(*shard));
}

JournalFile::~JournalFile() { ::close(descriptor_); }

void JournalFile::fail() const { throw InputError(path_ + ": " + std::strerror(errno)); }

/// On a file system without locks, there is none.
void JournalFile::lock() const {
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return;
  throw InputError(path_ + ": another run is writing this journal");
}

void JournalFile::append(const Results& results, const Cell& cell) { write(journal_line(results, cell)); }

/// Writes a line completely or not at all, so that what follows begins on a new line.
void JournalFile::write(const std::string& text) {
  const off_t start = regular_ ? ::lseek(descriptor_, 0, SEEK_END) : -1;
  for (std::size_t at = 0; at < text.size();) {
    const ssize_t written = ::write(descriptor_, text.data() + at, text.size() - at);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const int error = errno;
      const bool undone = start >= 0 && ::ftruncate(descriptor_, start) == 0;
      if (start >= 0 && !undone) throw InputError(path_ + ": " + std::strerror(error) + "; its last line is cut off");
      errno = error;
      fail();
    }
    at += static_cast<std::size_t>(written);
  }
}

JournalCells JournalText::cells(const JournalReader& reader) const {
  return naming(name, [&] { return reader.read(text); });
}

JournalText read_journal(const std::string& path) {
  JournalText journal{io::input_name(path), io::read_all(path)};
  naming(journal.name, [&] { check_opening(journal.text); });
  return journal;
}

}  // namespace maha::experiment
