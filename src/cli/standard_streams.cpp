#include "cli/standard_streams.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace maha::cli {

void hold_standard_streams() {
  for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream) {
    if (::fcntl(stream, F_GETFD) >= 0) continue;
    // open() returns the lowest free number, which is this stream's. It is opened in the opposite direction, so that
    // using it fails.
    (void)!::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

}  // namespace maha::cli
