#pragma once

#include <sys/types.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "data/io/output_target.hpp"
#include "data/io/temporary_file.hpp"

namespace maha {

/// Whoever read our output has closed it (`| head`): time to end, quietly.
class ClosedPipe : public std::runtime_error {
 public:
  ClosedPipe() : std::runtime_error("closed pipe") {}
};

/// Bytes to a file, or to standard output for the path "-". A regular file is replaced whole, its links and its mode
/// kept: what is written goes to a nameless temporary file in the same folder, which takes the path's place in
/// commit(); without commit() the path stays as it was. Pipes, devices and descriptors (/dev/stdout) are written
/// straight. All that can be known is found out by the constructor, so that work is not done in vain. Throws InputError
/// naming the file, ClosedPipe on EPIPE.
class Output {
 public:
  /// Whether there are other outputs to appear together with this one. Then a closed pipe is the end of this one only,
  /// and the bytes of the last write(), however many, are held until the next one or commit().
  enum class Company { none, others };

  explicit Output(const std::string& path, Company company = Company::none);
  ~Output();
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  void write(std::string_view bytes);

  /// Hands what was written so far to whoever reads a pipe or a device while we work; a pipe that nobody has opened
  /// waits. A regular file appears in commit() only.
  void hand_over();

  /// Hands everything over and closes; a second call does nothing.
  void commit();

  /// commit() of several: none of the files appears unless all have been written.
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
  /// The two halves of commit(): all bytes out of our hands; then the file in its place.
  void finish();
  void publish();
  /// In which order outputs are finished: what can be taken back first.
  int rank() const;

  std::string name_, target_;
  Company company_;
  std::optional<TemporaryFile> temporary_;  // none while the file has no name
  std::optional<mode_t> mode_;              // of the file that is replaced
  std::string buffer_;
  int descriptor_ = -1;
  bool replaces_ = false, waits_ = false, standard_ = false, unheard_ = false, done_ = false;
};

}  // namespace maha
