#include "cli/standard_streams.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace maha::cli {

void hold_standard_streams() {
  for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream) {
    if (::fcntl(stream, F_GETFD) >= 0) continue;
    // The lowest number that is free is this one. What was to be read can only be written, and the other way round.
    (void)!::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

}  // namespace maha::cli
