#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "io/mapped_file.hpp"

namespace maha::io {

/// Bytes of a file, or of standard input for the path "-", read once and front to back; what is packed by
/// gzip, zstd, xz or bzip2 is recognised by its content and unpacked. Throws InputError naming the file.
class Input {
 public:
  explicit Input(const std::string& path);

  /// Bytes that are made of others: `read` does as read() below.
  Input(std::string name, std::function<std::size_t(char* buffer, std::size_t size)> read);
  ~Input();
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  /// The first `size` bytes, fewer only if there are no more; read() gives them again. Before the first read().
  std::string_view start(std::size_t size);

  /// Fills `buffer` with up to `size` bytes; fewer only at the end of the input.
  std::size_t read(char* buffer, std::size_t size);

  /// Passes over up to `size` bytes, without reading them where that can be; fewer only at the end of the input.
  std::size_t skip(std::size_t size);

  /// The whole file, mapped, and where in it read() goes on; no file if there is none of bytes as they are read: of a
  /// pipe, of what is packed.
  struct Mapped {
    std::shared_ptr<const MappedFile> file{};
    std::size_t at = 0;
  };
  Mapped map() const;

  /// The path, or "standard input": what messages call it.
  const std::string& name() const { return name_; }

 private:
  class Unpacker;
  std::size_t unpack(char* buffer, std::size_t size);
  std::size_t seek(std::size_t size);
  std::size_t read_raw(char* buffer, std::size_t size);

  std::string name_;
  int descriptor_ = -1;
  std::string magic_;    // the first bytes, looked at and not yet handed on
  bool at_end_ = false;  // nothing is left to be read
  std::unique_ptr<Unpacker> unpacker_;
  std::function<std::size_t(char*, std::size_t)> made_;
  std::string start_;      // the first bytes, unpacked, given to start() and not yet to read()
  bool all_held_ = false;  // there are no more
};

/// All that an input holds.
std::string read_all(const std::string& path);

/// What messages call a path.
std::string input_name(const std::string& path);

}  // namespace maha::io
