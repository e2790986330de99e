#pragma once

#include <string>

namespace maha::io {

/// A fresh random name in a folder, for a file that will replace another one there. The file of that name is removed
/// with the object, unless release() was called, and by remove_temporary_files(). The length of the name does not
/// depend on that of the other file, which may be as long as names can be.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& folder);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const char* path() const { return path_.c_str(); }

  /// Says that the file of that name is no longer ours to remove.
  void release();

 private:
  std::string path_;
  bool ours_ = true;
};

/// Removes all files that have such names at present. Safe in signal handlers, for which it is meant.
void remove_temporary_files();

}  // namespace maha::io
