#include "data/output.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>

#include "core/error.hpp"

namespace maha {
namespace {

constexpr std::size_t kBuffer = 1 << 16;

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

/// Where a chain of links leads, so that the link stays and its file is replaced.
std::string resolve_links(const std::string& path) {
  char real[PATH_MAX];
  return ::realpath(path.c_str(), real) ? std::string(real) : path;
}

std::string descriptor_path(int descriptor) { return "/proc/self/fd/" + std::to_string(descriptor); }

}  // namespace

Output::Output(const std::string& path) : name_(path), target_(path) {
  if (path == "-") {
    name_ = "standard output";
    descriptor_ = STDOUT_FILENO;
    return;
  }
  struct stat status {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) throw InputError(name_ + ": is a folder");
  if (exists && !S_ISREG(status.st_mode)) {
    descriptor_ = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor_ < 0) fail();
    return;
  }
  replaces_ = true;
  if (exists) {
    if (::access(path.c_str(), W_OK) != 0) fail();
    target_ = resolve_links(path);
  }
  open_temporary();
  if (exists) (void)!::fchmod(descriptor_, status.st_mode & 07777);
}

void Output::open_temporary() {
#ifdef O_TMPFILE
  descriptor_ = ::open(folder_of(target_).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
  if (descriptor_ >= 0) return;
#endif
  temporary_ = target_ + ".tmp." + std::to_string(::getpid());  // a file system without nameless files
  descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor_ < 0) {
    temporary_.clear();
    fail();
  }
}

Output::~Output() {
  if (descriptor_ > STDERR_FILENO) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void Output::fail() const { throw InputError(name_ + ": " + std::strerror(errno)); }

void Output::put(const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t put = ::write(descriptor_, bytes, size);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0 && errno == EPIPE) throw ClosedPipe();
    if (put < 0) fail();
    bytes += put;
    size -= static_cast<std::size_t>(put);
  }
}

void Output::write(std::string_view bytes) {
  if (buffer_.size() + bytes.size() > kBuffer) {
    put(buffer_.data(), buffer_.size());
    buffer_.clear();
  }
  if (bytes.size() > kBuffer) {
    put(bytes.data(), bytes.size());
  } else {
    buffer_.append(bytes);
  }
}

void Output::commit() {
  if (descriptor_ < 0) return;
  put(buffer_.data(), buffer_.size());
  buffer_.clear();
  if (replaces_) {
    if (::fsync(descriptor_) != 0) fail();
    if (temporary_.empty()) {
      const std::string named = target_ + ".tmp." + std::to_string(::getpid());
      if (::linkat(AT_FDCWD, descriptor_path(descriptor_).c_str(), AT_FDCWD, named.c_str(), AT_SYMLINK_FOLLOW) != 0)
        fail();
      temporary_ = named;
    }
    if (::rename(temporary_.c_str(), target_.c_str()) != 0) fail();
    temporary_.clear();
  }
  const int closing = descriptor_;
  descriptor_ = -1;
  if (closing > STDERR_FILENO && ::close(closing) != 0) fail();
}

}  // namespace maha
