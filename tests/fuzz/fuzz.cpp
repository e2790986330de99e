#include "fuzz.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace maha::fuzz {

std::uint8_t Choices::byte() {
  if (rest_.empty()) return '0';
  const auto first = static_cast<std::uint8_t>(rest_.front());
  rest_.remove_prefix(1);
  return first;
}

void tell(const std::string& text) {
  static const bool wanted = std::getenv("MAHA_FUZZ_TELL") != nullptr;
  if (wanted) std::fprintf(stderr, "%s\n", text.c_str());
}

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

/// The file lies in memory.
void put_on_stdin(std::string_view bytes) {
  static const bool opened = [] {
    const int file = memfd_create("input", MFD_CLOEXEC);
    return file >= 0 && dup2(file, STDIN_FILENO) >= 0;
  }();
  require(opened, "there are files in memory");
  static std::size_t size = 0;
  if (bytes.size() < size) require(ftruncate(STDIN_FILENO, 0) == 0, "the input can be emptied");
  size = bytes.size();
  require(pwrite(STDIN_FILENO, bytes.data(), size, 0) == static_cast<ssize_t>(size), "the input can be written");
  rewind_stdin();
}

void rewind_stdin() { require(lseek(STDIN_FILENO, 0, SEEK_SET) == 0, "the input can be read again"); }

}  // namespace maha::fuzz
