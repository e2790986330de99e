#include "io/output_target.hpp"

#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "core/text/number.hpp"

namespace maha::io {
namespace {

namespace fs = std::filesystem;

constexpr int kMostLinks = 40;  // the limit of Linux

/// The name as a number, if it is one and the folder is that of this process's descriptors.
int descriptor_in(const fs::path& folder, const std::string& name) {
  std::error_code error;
  const int number = whole_number<int>(name).value_or(-1);
  if (number < 0) return -1;
  const fs::path ours = fs::canonical("/proc/self/fd", error);
  return !error && folder == ours ? number : -1;
}

struct Status {
  bool known = false;
  struct stat is {};
};

Status status_of(const OutputTarget& target) {
  Status status;
  status.known =
      (target.descriptor >= 0 ? ::fstat(target.descriptor, &status.is) : ::stat(target.path.c_str(), &status.is)) == 0;
  return status;
}

bool same_file(const struct stat& one, const struct stat& other) {
  return one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

bool is_null_device(const struct stat& status) { return S_ISCHR(status.st_mode) && status.st_rdev == makedev(1, 3); }

}  // namespace

OutputTarget output_target(const std::string& path) {
  if (path == "-") return {STDOUT_FILENO, ""};
  fs::path at = path;
  for (int links = 0; links <= kMostLinks; ++links) {
    std::error_code error;
    const fs::path folder = fs::canonical(at.has_parent_path() ? at.parent_path() : fs::path("."), error);
    if (error) return {-1, at};
    if (const int descriptor = descriptor_in(folder, at.filename()); descriptor >= 0) return {descriptor, ""};
    at = folder / at.filename();
    const fs::path next = fs::read_symlink(at, error);
    if (error) return {-1, at};
    at = folder / next;  // an absolute `next` replaces the folder
  }
  return {-1, path};
}

bool same_target(const std::string& a, const std::string& b) {
  const OutputTarget first = output_target(a), second = output_target(b);
  if (first.descriptor >= 0 && first.descriptor == second.descriptor) return true;
  const Status one = status_of(first), other = status_of(second);
  if (one.known != other.known) return false;
  if (!one.known) return first.descriptor < 0 && second.descriptor < 0 && first.path == second.path;
  return same_file(one.is, other.is) && !is_null_device(one.is);
}

bool overwrites(const std::string& output, const std::string& input) {
  const Status read = status_of(input == "-" ? OutputTarget{STDIN_FILENO, ""} : OutputTarget{-1, input});
  if (!read.known || !S_ISREG(read.is.st_mode)) return false;
  const Status written = status_of(output_target(output));
  return written.known && same_file(written.is, read.is);
}

}  // namespace maha::io
