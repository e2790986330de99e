#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace maha::io {

/// What is said of such a file, behind its name.
inline constexpr const char* kCutShort = ": was cut short while it was read";

/// The bytes of a file, shown in memory and not copied there: processes that map the same file share what the system
/// holds of it. Bytes that another program cuts off meanwhile are missed as soon as their page is read, by a SIGBUS whose
/// address mapped_file_at() knows; or, in a page that is still there in part, by require_whole_files().
class MappedFile {
 public:
  /// That of a descriptor, which stays the caller's; nullptr if it is of no regular file, or the system does not map it.
  /// The name is for messages.
  static std::shared_ptr<const MappedFile> of(int descriptor, const std::string& name);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  const std::string& name() const { return name_; }
  const char* begin() const { return begin_; }
  std::size_t size() const { return size_; }

  /// Whether the file has fewer bytes than when it was mapped. Safe in signal handlers.
  bool is_cut() const;

 private:
  MappedFile(int descriptor, const std::string& name, const char* begin, std::size_t size);

  int descriptor_;
  std::string name_;
  const char* begin_;
  std::size_t size_;
};

/// The file that is mapped at an address, or nullptr. Safe in signal handlers, for which it is meant.
const MappedFile* mapped_file_at(const void* address);

/// Throws InputError, naming it, if a file was cut short while it was mapped. It is told once.
void require_whole_files();

}  // namespace maha::io
