#include "cli/standard_streams.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "cli/exit_status.hpp"
#include "core/error.hpp"
#include "io/output.hpp"

namespace maha::cli {

void hold_standard_streams() {
  for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream) {
    if (::fcntl(stream, F_GETFD) >= 0) continue;
    // open() returns the lowest free number, which is this stream's. It is opened in the opposite direction, so that
    // using it fails.
    (void)!::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

int print(const std::string& text, const std::function<void(const std::string& error)>& say) {
  try {
    io::Output out("-");
    out.write(text);
    out.commit();
  } catch (const io::ClosedPipe&) {
  } catch (const InputError& e) {
    say(e.what());
    return kBadData;
  }
  return 0;
}

}  // namespace maha::cli
