#pragma once

#include <string>

namespace maha {

/// A fresh random name in a folder for a file that is going to take another's place there. What stands under it goes
/// with the object, unless release() was called, and by remove_temporary_files(). The name does not grow with that of
/// the other file, which may be as long as names can be.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& folder);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const char* path() const { return path_.c_str(); }

  /// From now on nothing of ours stands under the name.
  void release();

 private:
  std::string path_;
  bool ours_ = true;
};

/// Removes all files that have such names now: for signal handlers, and safe in them.
void remove_temporary_files();

}  // namespace maha
