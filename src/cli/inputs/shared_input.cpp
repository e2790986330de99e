#include "cli/inputs/shared_input.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "io/input.hpp"
#include "io/temporary_file.hpp"

namespace maha::cli {
namespace {

constexpr Index kAtOnce = 1 << 20;  // bytes

std::string folder() {
  const char* const chosen = std::getenv("TMPDIR");
  return chosen && *chosen ? chosen : "/tmp";
}

[[noreturn]] void fail() {
  const std::string reason = std::strerror(errno);
  throw InputError(io::input_name("-") + ": cannot be kept for all ranks in " + folder() + ": " + reason);
}

/// A file that is gone once it is closed.
int nameless_file() {
  const io::TemporaryFile named(folder());
  const int file = ::open(named.path(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) fail();
  return file;
}

void write_all(int file, const char* bytes, Index size) {
  for (Index done = 0; done < size;) {
    const ssize_t written = ::write(file, bytes + done, static_cast<std::size_t>(size - done));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail();
    done += written;
  }
}

}  // namespace

void share_standard_input(const Ranks& ranks) {
  const int file = nameless_file();
  std::optional<io::Input> input;
  if (ranks.is_first()) input.emplace("-");
  std::vector<char> bytes(kAtOnce);
  Index size = 0;
  do {
    if (input) size = static_cast<Index>(input->read(bytes.data(), bytes.size()));
    ranks.broadcast(&size, 1, 0);
    ranks.broadcast(bytes.data(), size, 0);
    write_all(file, bytes.data(), size);
  } while (size > 0);
  if (::lseek(file, 0, SEEK_SET) < 0 || ::dup2(file, STDIN_FILENO) < 0) fail();
  ::close(file);
}

}  // namespace maha::cli
