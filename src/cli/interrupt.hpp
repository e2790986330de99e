#pragma once

namespace maha::cli {

/// Signals from here on: a broken pipe and a file that may not grow are errors of writing; one that ends the process
/// takes the temporary files of outputs with it. A signal that was ignored when the process began stays ignored.
void watch_signals();

/// From here on the first SIGINT or SIGTERM is remembered, for work in progress to end well; the next, of either kind,
/// ends the process. After watch_signals().
void listen_for_interrupt();

/// The signal that came since, or 0. The exit status of a tool that it ended is 128 more.
int interrupt();

}  // namespace maha::cli
