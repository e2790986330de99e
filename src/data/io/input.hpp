#pragma once

#include <memory>
#include <string>

namespace maha {

/// Bytes of a file, or of standard input for the path "-", read once and front to back; gzip is recognised by its
/// content and unpacked. Throws InputError naming the file.
class Input {
 public:
  explicit Input(const std::string& path);
  ~Input();
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  /// Fills `buffer` with up to `size` bytes; fewer only at the end of the input.
  std::size_t read(char* buffer, std::size_t size);

  /// The path, or "standard input": what messages call it.
  const std::string& name() const { return name_; }

 private:
  class Gzip;
  std::size_t read_raw(char* buffer, std::size_t size);

  std::string name_;
  int descriptor_ = -1;
  std::string magic_;  // the first bytes, looked at and not yet handed on
  std::unique_ptr<Gzip> gzip_;
};

/// All that an input holds.
std::string read_all(const std::string& path);

/// What messages call a path.
std::string input_name(const std::string& path);

}  // namespace maha
