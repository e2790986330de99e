#pragma once

namespace maha::cli {

/// From here on the first SIGINT or SIGTERM is remembered, for work in progress to end well; the next ends the process.
void listen_for_interrupt();

/// The signal that came since, or 0. The exit status of a tool that it ended is 128 more.
int interrupt();

}  // namespace maha::cli
