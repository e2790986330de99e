#include "io/input.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <new>

#include "core/error.hpp"

namespace maha::io {
namespace {

std::size_t read_fully(int descriptor, char* buffer, std::size_t size, const std::string& name) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = ::read(descriptor, buffer + done, size - done);
    if (got == 0) break;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw InputError(name + ": " + std::strerror(errno));
    done += static_cast<std::size_t>(got);
  }
  return done;
}

/// In bytes; 0 where there is none, as of a pipe.
std::size_t size_of_file(const std::string& path) {
  struct stat status {};
  const bool known = (path == "-" ? fstat(STDIN_FILENO, &status) : stat(path.c_str(), &status)) == 0;
  return known && S_ISREG(status.st_mode) ? static_cast<std::size_t>(status.st_size) : 0;
}

}  // namespace

/// Unpacks a gzip stream, of one member or several.
class Input::Gzip {
 public:
  explicit Gzip(Input& source) : source_(source) {
    if (inflateInit2(&stream_, 15 + 16) != Z_OK) throw std::bad_alloc();
  }
  ~Gzip() { inflateEnd(&stream_); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  std::size_t read(char* buffer, std::size_t size) {
    stream_.next_out = reinterpret_cast<Bytef*>(buffer);
    stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(size, 1u << 30));
    const uInt wanted = stream_.avail_out;
    while (stream_.avail_out > 0 && !ended_) unpack_some();
    return wanted - stream_.avail_out;
  }

 private:
  void unpack_some() {
    if (stream_.avail_in == 0) {
      stream_.avail_in = static_cast<uInt>(source_.read_raw(packed_.data(), packed_.size()));
      stream_.next_in = reinterpret_cast<Bytef*>(packed_.data());
    }
    if (stream_.avail_in == 0) {
      if (!between_members_) throw InputError(source_.name() + ": the gzip data end too early");
      ended_ = true;
      return;
    }
    if (between_members_ && *stream_.next_in == 0) {  // zero padding after a member
      ++stream_.next_in;
      --stream_.avail_in;
      return;
    }
    between_members_ = false;
    const int status = inflate(&stream_, Z_NO_FLUSH);
    if (status == Z_STREAM_END) {
      between_members_ = true;
      inflateReset(&stream_);
    } else if (status == Z_MEM_ERROR) {
      throw std::bad_alloc();
    } else if (status != Z_OK) {
      throw InputError(source_.name() + ": the gzip data are broken");
    }
  }

  Input& source_;
  z_stream stream_{};
  std::array<char, 1 << 16> packed_;
  bool between_members_ = false, ended_ = false;
};

Input::Input(const std::string& path) : name_(input_name(path)) {
  descriptor_ = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0) throw InputError(name_ + ": " + std::strerror(errno));
  struct stat status {};
  if (fstat(descriptor_, &status) == 0 && S_ISDIR(status.st_mode)) throw InputError(name_ + ": is a folder");
  magic_.resize(2);
  magic_.resize(read_fully(descriptor_, magic_.data(), magic_.size(), name_));
  if (magic_ == "\x1f\x8b") gzip_ = std::make_unique<Gzip>(*this);
}

Input::~Input() {
  gzip_.reset();
  if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
}

std::string_view Input::start(std::size_t size) {
  start_.resize(size);
  start_.resize(unpack(start_.data(), size));
  all_held_ = start_.size() < size;
  return start_;
}

/// The end that start() met is not read again: at a terminal it would have to be typed twice.
std::size_t Input::read(char* buffer, std::size_t size) {
  const std::size_t held = start_.copy(buffer, size);
  start_.erase(0, held);
  return all_held_ ? held : held + unpack(buffer + held, size - held);
}

std::size_t Input::unpack(char* buffer, std::size_t size) {
  if (!gzip_) return read_raw(buffer, size);
  std::size_t done = 0;
  while (done < size) {
    const std::size_t got = gzip_->read(buffer + done, size - done);
    if (got == 0) break;
    done += got;
  }
  return done;
}

std::size_t Input::read_raw(char* buffer, std::size_t size) {
  const std::size_t held = std::min(size, magic_.size());
  std::copy_n(magic_.data(), held, buffer);
  magic_.erase(0, held);
  return held + read_fully(descriptor_, buffer + held, size - held, name_);
}

std::string read_all(const std::string& path) {
  Input input(path);
  std::string all;
  std::size_t got = 0, expected = size_of_file(path);
  do {
    const std::size_t before = all.size();
    all.resize(before + std::max<std::size_t>(expected + 1, (1u << 16) + before / 2));
    expected = 0;
    got = input.read(all.data() + before, all.size() - before);
    const bool full = before + got == all.size();
    all.resize(before + got);
    if (!full) break;
  } while (got > 0);
  return all;
}

std::string input_name(const std::string& path) { return path == "-" ? "standard input" : path; }

}  // namespace maha::io
