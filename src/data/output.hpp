#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace maha {

/// Whoever read our output has closed it (`| head`): time to end, quietly.
class ClosedPipe : public std::runtime_error {
 public:
  ClosedPipe() : std::runtime_error("closed pipe") {}
};

/// Bytes to a file, or to standard output for the path "-". A regular file is replaced whole: what is written goes to
/// a nameless temporary file in the same folder, which takes the path's place in commit(); without commit() the path
/// stays as it was. Pipes and devices are written straight. Throws InputError naming the file, ClosedPipe on EPIPE.
class Output {
 public:
  explicit Output(const std::string& path);
  ~Output();
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  void write(std::string_view bytes);

  /// Hands everything over and closes; a second call does nothing.
  void commit();

 private:
  [[noreturn]] void fail() const;
  void open_temporary();
  void put(const char* bytes, std::size_t size);

  std::string name_, target_, temporary_;  // temporary_ is empty while the file has no name
  std::string buffer_;
  int descriptor_ = -1;
  bool replaces_ = false;
};

}  // namespace maha
