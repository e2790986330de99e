#include "io/input.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "core/error.hpp"
#include "io/packed/codec.hpp"

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

/// Unpacks what is packed, of one member or several, however it is packed.
class Input::Unpacker {
 public:
  Unpacker(Input& source, const Packing& packing) : source_(source), packing_(packing), codec_(packing.open()) {}

  std::size_t read(char* buffer, std::size_t size) {
    step_.out = buffer;
    step_.out_size = size;
    while (step_.out_size > 0 && !ended_) unpack_some();
    return size - step_.out_size;
  }

 private:
  void unpack_some() {
    if (step_.in_size == 0) {
      step_.in = packed_.data();
      step_.in_size = source_.read_raw(packed_.data(), packed_.size());
    }
    if (between_members_ && step_.in_size == 0) {
      ended_ = true;
    } else if (between_members_ && *step_.in == 0) {  // zero padding after a member
      ++step_.in, --step_.in_size;
    } else {
      if (between_members_) codec_->begin_member();
      between_members_ = false;
      take_step();
    }
  }

  /// At the end of the input there may still be output that waits in the codec; if there is none, there is too little.
  void take_step() {
    const PackedStep before = step_;
    switch (codec_->step(step_)) {
      case Codec::State::goes_on:
        if (step_.in == before.in && step_.out == before.out) fail(step_.in_size == 0 ? "end too early" : "are broken");
        break;
      case Codec::State::member_ends:
        between_members_ = true;
        break;
      case Codec::State::broken:
        fail("are broken");
      case Codec::State::too_large:
        fail("ask for more memory than goes to unpacking: unpack them first");
    }
  }

  [[noreturn]] void fail(const char* what) const {
    throw InputError(source_.name() + ": the " + packing_.name + " data " + what);
  }

  Input& source_;
  const Packing& packing_;
  std::unique_ptr<Codec> codec_;
  PackedStep step_;
  std::array<char, 1 << 16> packed_;
  bool between_members_ = false, ended_ = false;
};

Input::Input(const std::string& path) : name_(input_name(path)) {
  descriptor_ = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0) throw InputError(name_ + ": " + std::strerror(errno));
  struct stat status {};
  if (fstat(descriptor_, &status) == 0 && S_ISDIR(status.st_mode)) throw InputError(name_ + ": is a folder");
  magic_.resize(kPackedStart);
  magic_.resize(read_fully(descriptor_, magic_.data(), magic_.size(), name_));
  at_end_ = magic_.size() < kPackedStart;
  if (const Packing* packing = packing_of(magic_)) unpacker_ = std::make_unique<Unpacker>(*this, *packing);
}

Input::Input(std::string name, std::function<std::size_t(char*, std::size_t)> read)
    : name_(std::move(name)), made_(std::move(read)) {}

Input::~Input() {
  unpacker_.reset();
  if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
}

std::string_view Input::start(std::size_t size) {
  const std::size_t held = start_.size();
  if (held < size && !all_held_) {
    start_.resize(size);
    start_.resize(held + unpack(start_.data() + held, size - held));
    all_held_ = start_.size() < size;
  }
  return std::string_view(start_).substr(0, size);
}

std::size_t Input::read(char* buffer, std::size_t size) {
  const std::size_t held = start_.copy(buffer, size);
  start_.erase(0, held);
  return all_held_ ? held : held + unpack(buffer + held, size - held);
}

std::size_t Input::skip(std::size_t size) {
  std::size_t done = made_ || unpacker_ ? 0 : seek(size);
  std::array<char, 1 << 16> passed;
  while (done < size) {
    const std::size_t wanted = std::min(size - done, passed.size()), got = read(passed.data(), wanted);
    done += got;
    if (got < wanted) break;
  }
  return done;
}

/// Skips as many bytes as the file has without reading them; none if there are some at hand, or if it is no file.
std::size_t Input::seek(std::size_t size) {
  struct stat status {};
  if (!start_.empty() || !magic_.empty() || fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode)) return 0;
  const off_t here = ::lseek(descriptor_, 0, SEEK_CUR);
  const off_t left = std::max<off_t>(0, status.st_size - here);
  const off_t step = std::min(static_cast<off_t>(size), left);
  return here >= 0 && ::lseek(descriptor_, step, SEEK_CUR) >= 0 ? static_cast<std::size_t>(step) : 0;
}

Input::Mapped Input::map() const {
  if (made_ || unpacker_) return {};
  const off_t at = ::lseek(descriptor_, 0, SEEK_CUR), held = std::ssize(magic_) + std::ssize(start_);
  if (at < held) return {};
  return {MappedFile::of(descriptor_, name_), static_cast<std::size_t>(at - held)};
}

std::size_t Input::unpack(char* buffer, std::size_t size) {
  if (made_) return made_(buffer, size);
  if (!unpacker_) return read_raw(buffer, size);
  std::size_t done = 0;
  while (done < size) {
    const std::size_t got = unpacker_->read(buffer + done, size - done);
    if (got == 0) break;
    done += got;
  }
  return done;
}

/// The end is not read again: at a terminal it would have to be typed twice.
std::size_t Input::read_raw(char* buffer, std::size_t size) {
  const std::size_t held = std::min(size, magic_.size());
  std::copy_n(magic_.data(), held, buffer);
  magic_.erase(0, held);
  if (at_end_) return held;
  const std::size_t got = read_fully(descriptor_, buffer + held, size - held, name_);
  at_end_ = got < size - held;
  return held + got;
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
