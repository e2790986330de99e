#include "io/output.hpp"

#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "io/output_error.hpp"

namespace maha::io {
namespace {

constexpr std::size_t kBuffer = 1 << 16;

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

/// Whether only the owner of the file or folder may replace the file, as in a folder like /tmp.
bool is_kept_from_us(const std::string& path, const struct stat& file) {
  struct stat folder {};
  if (::stat(folder_of(path).c_str(), &folder) != 0 || !(folder.st_mode & S_ISVTX)) return false;
  const uid_t us = ::geteuid();
  return us != 0 && us != file.st_uid && us != folder.st_uid;
}

}  // namespace

Output::Output(const std::string& path, Company company)
    : name_(path == "-" ? "standard output" : path), company_(company) {
  const OutputTarget target = output_target(path);
  if (target.descriptor >= 0) {
    take_descriptor(target.descriptor);
  } else {
    take_file(target.path);
  }
}

/// Uses an open descriptor: opened anew, /dev/stdout would be overwritten from its start.
void Output::take_descriptor(int descriptor) {
  const int flags = ::fcntl(descriptor, F_GETFL);
  if (flags < 0 || (flags & O_ACCMODE) == O_RDONLY) throw OutputError(name_ + ": is not open for writing");
  standard_ = descriptor == STDOUT_FILENO;
  descriptor_ = ::fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (descriptor_ < 0) fail();
}

void Output::take_file(const std::string& path) {
  target_ = path;
  struct stat status {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (!exists && errno != ENOENT) fail();
  if (exists && S_ISDIR(status.st_mode)) throw OutputError(name_ + ": is a folder");
  if (exists && ::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) != 0) fail();
  if (exists && S_ISFIFO(status.st_mode)) {
    waits_ = true;  // opening it now would wait for its reader, which may be waiting for us to read
    return;
  }
  if (exists && !S_ISREG(status.st_mode)) {
    descriptor_ = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor_ < 0) fail();
    return;
  }
  replaces_ = true;
  if (exists) mode_ = status.st_mode & 07777;
  if (exists && is_kept_from_us(path, status)) {
    errno = EPERM;
    fail();
  }
  open_temporary();
}

/// Calls make(path) with fresh names until one is free.
template <class Make>
bool Output::make_temporary(Make make) {
  for (int attempts = 100; attempts > 0; --attempts) {
    temporary_.emplace(folder_of(target_));
    if (make(temporary_->path())) return true;
    const int error = errno;
    temporary_->release();
    temporary_.reset();
    errno = error;
    if (error != EEXIST) break;
  }
  return false;
}

void Output::open_temporary() {
#ifdef O_TMPFILE
  descriptor_ = ::open(folder_of(target_).c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
#endif
  const auto create = [this](const char* path) {  // on a file system without nameless files
    descriptor_ = ::open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    return descriptor_ >= 0;
  };
  if (descriptor_ < 0 && !make_temporary(create)) fail();
  if (mode_) (void)!::fchmod(descriptor_, *mode_);
}

/// Gives a nameless file its name by way of /proc; without /proc, its bytes are copied to a file with a name.
void Output::name_temporary() {
  if (temporary_) return;
  const std::string nameless = "/proc/self/fd/" + std::to_string(descriptor_);
  const bool named = make_temporary(
      [&](const char* path) { return ::linkat(AT_FDCWD, nameless.c_str(), AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0; });
  if (!named) copy_to_temporary();
}

void Output::copy_to_temporary() {
  int copy = -1;
  const auto create = [&](const char* path) {
    copy = ::open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    return copy >= 0;
  };
  if (!make_temporary(create)) fail();
  std::swap(copy, descriptor_);
  off_t at = 0;
  ssize_t sent = 0;
  while ((sent = ::sendfile(descriptor_, copy, &at, 1 << 20)) > 0) {
  }
  const int error = errno;
  ::close(copy);
  errno = error;
  if (sent < 0) fail();
  if (mode_) (void)!::fchmod(descriptor_, *mode_);
}

Output::~Output() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void Output::fail() const { throw OutputError(name_ + ": " + std::strerror(errno)); }

/// With O_NONBLOCK, returns without a descriptor if there is no reader yet.
void Output::open_pipe(int flags) {
  descriptor_ = ::open(target_.c_str(), O_WRONLY | O_CLOEXEC | flags);
  if (descriptor_ < 0 && errno == ENXIO) return;
  if (descriptor_ < 0) fail();
  if (flags != 0) (void)!::fcntl(descriptor_, F_SETFL, ::fcntl(descriptor_, F_GETFL) & ~flags);
  waits_ = false;
}

void Output::put(const char* bytes, std::size_t size) {
  if (waits_) open_pipe(0);
  while (size > 0 && !unheard_) {
    const ssize_t put = ::write(descriptor_, bytes, size);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0 && errno == EPIPE) {
      if (company_ == Company::none) throw ClosedPipe();
      unheard_ = true;
      return;
    }
    if (put < 0) fail();
    bytes += put;
    size -= static_cast<std::size_t>(put);
  }
}

void Output::put_all() {
  put(buffer_.data(), buffer_.size());
  buffer_.clear();
}

void Output::write(std::string_view bytes) {
  if (buffer_.size() + bytes.size() > kBuffer) put_all();
  if (bytes.size() > kBuffer && (replaces_ || company_ == Company::none)) {
    put(bytes.data(), bytes.size());
  } else {
    buffer_.append(bytes);
  }
}

void Output::write_again(std::string_view beginning) {
  put_all();
  for (off_t at = 0; at < std::ssize(beginning);) {
    const auto rest = beginning.substr(static_cast<std::size_t>(at));
    const ssize_t put = ::pwrite(descriptor_, rest.data(), rest.size(), at);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) fail();
    at += put;
  }
}

void Output::hand_over() {
  if (replaces_) return;
  if (waits_) open_pipe(O_NONBLOCK);
  if (!waits_) put_all();
}

void Output::finish() {
  put_all();
  if (replaces_) {
    name_temporary();
    if (::fsync(descriptor_) != 0) fail();
  }
  const int closing = descriptor_;
  descriptor_ = -1;
  done_ = true;
  if (::close(closing) != 0) fail();
}

void Output::publish() {
  if (::rename(temporary_->path(), target_.c_str()) != 0) fail();
  temporary_->release();
}

void Output::keep_old() {
  kept_.emplace(folder_of(target_));
  if (::link(target_.c_str(), kept_->path()) == 0) return;
  kept_->release();
  kept_.reset();
}

void Output::put_back() {
  if (kept_ && ::rename(kept_->path(), target_.c_str()) == 0) kept_->release();
  if (!kept_ && !mode_) ::unlink(target_.c_str());  // there was none
}

int Output::rank() const { return replaces_ ? 0 : standard_ ? 2 : 1; }

void Output::commit() { commit({this}); }

void Output::commit(const std::vector<Output*>& outputs) {
  std::vector<Output*> open;
  std::copy_if(outputs.begin(), outputs.end(), std::back_inserter(open), [](const Output* o) { return !o->done_; });
  std::stable_sort(open.begin(), open.end(), [](const Output* a, const Output* b) { return a->rank() < b->rank(); });
  for (Output* output : open) output->finish();
  std::erase_if(open, [](const Output* o) { return !o->replaces_; });
  if (open.size() > 1) std::for_each(open.begin(), open.end(), [](Output* o) { o->keep_old(); });
  std::size_t done = 0;
  try {
    for (; done < open.size(); ++done) open[done]->publish();
  } catch (...) {
    while (done > 0) open[--done]->put_back();
    throw;
  }
  for (Output* output : open) output->kept_.reset();
}

}  // namespace maha::io
