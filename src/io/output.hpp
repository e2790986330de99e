#pragma once

#include <sys/types.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "io/output_target.hpp"
#include "io/temporary_file.hpp"

namespace maha::io {

/// The reader of our output has closed it (`| head`): time to end quietly.
class ClosedPipe : public std::runtime_error {
 public:
  ClosedPipe() : std::runtime_error("closed pipe") {}
};

/// Writes bytes to a file, or to standard output for the path "-". A regular file is replaced as a whole, keeping its
/// links and mode: bytes go to a nameless temporary file in the same folder, which takes the path's place in commit().
/// Without commit() the path is unchanged. Pipes, devices and descriptors (/dev/stdout) are written directly. The
/// constructor finds every problem that can be known beforehand, so that no work is done in vain. Throws InputError
/// naming the file, ClosedPipe on EPIPE.
class Output {
 public:
  /// Whether other outputs are to appear together with this one. If so, a closed pipe ends only this one, and the bytes
  /// of the last write(), however many, are held until the next one or commit().
  enum class Company { none, others };

  explicit Output(const std::string& path, Company company = Company::none);
  ~Output();
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  void write(std::string_view bytes);

  /// Whether write_again() can be used: the output is a regular file of our own.
  bool goes_back() const { return replaces_; }

  /// Puts these bytes in the place of as many at the beginning, which have been written: a header that counts.
  void write_again(std::string_view beginning);

  /// Passes what was written so far to the reader of a pipe or device while we work; a pipe that nobody has opened
  /// waits. A regular file appears only in commit().
  void hand_over();

  /// Passes everything on and closes; a second call does nothing.
  void commit();

  /// commit() for several outputs: no file appears unless all do. Where the last step fails for one of them, the others
  /// go back to what they were, if the file system has hard links.
  static void commit(const std::vector<Output*>& outputs);

 private:
  [[noreturn]] void fail() const;
  void take_descriptor(int descriptor);
  void take_file(const std::string& path);
  void open_temporary();
  template <class Make>
  bool make_temporary(Make make);
  void name_temporary();
  void copy_to_temporary();

  void open_pipe(int flags);
  void put(const char* bytes, std::size_t size);
  void put_all();
  /// The two halves of commit(): writing all bytes, then putting the file in its place.
  void finish();
  void publish();
  /// Between the two, where others may still fail; and the way back.
  void keep_old();
  void put_back();
  /// The order in which outputs are finished: those that can be undone come first.
  int rank() const;

  std::string name_, target_;
  Company company_;
  std::optional<TemporaryFile> temporary_;  // none while the file has no name
  std::optional<TemporaryFile> kept_;       // a link to the old file
  std::optional<mode_t> mode_;              // of the file that is replaced
  std::string buffer_;
  int descriptor_ = -1;
  bool replaces_ = false, waits_ = false, standard_ = false, unheard_ = false, done_ = false;
};

}  // namespace maha::io
