#pragma once

namespace maha::cli {

/// From here on, a broken pipe or a file size limit is a write error instead of a signal, and signals that end the
/// process first remove the temporary files of outputs. A mapped file that is cut short ends it with a line that says so
/// and 1. Signals that were ignored when the process began stay ignored.
void watch_signals();

/// From here on, the first SIGINT or SIGTERM is only remembered, so that work in progress can end properly; the next
/// one ends the process. To be called after watch_signals().
void listen_for_interrupt();

/// The signal remembered, or 0. The exit status of a tool that it ended is 128 more.
int interrupt();

}  // namespace maha::cli
