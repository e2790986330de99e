#include "cli/interrupt.hpp"

#include <csignal>

#include "cli/last_resort.hpp"
#include "io/mapped_file.hpp"
#include "io/temporary_file.hpp"

namespace maha::cli {
namespace {

constexpr int kEnding[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXCPU};

volatile std::sig_atomic_t listening = 0, received = 0;

void handle(int signal) {
  if (listening && !received && (signal == SIGINT || signal == SIGTERM)) {
    received = signal;
    return;
  }
  io::remove_temporary_files();
  std::signal(signal, SIG_DFL);
  std::raise(signal);  // blocked in this handler; it ends the process on return
}

/// A page of a mapped file is no longer there, or cannot be read.
void lose_page(int signal, siginfo_t* lost, void*) {
  if (const io::MappedFile* const file = io::mapped_file_at(lost->si_addr))
    end_with({file->name().c_str(), file->is_cut() ? io::kCutShort : ": cannot be read"});
  std::signal(signal, SIG_DFL);  // for the same step, which comes again on return
}

}  // namespace

void watch_signals() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  struct sigaction action = {};
  action.sa_handler = handle;
  action.sa_flags = SA_RESTART;
  for (const int signal : kEnding) sigaddset(&action.sa_mask, signal);
  for (const int signal : kEnding) {
    struct sigaction before = {};
    sigaction(signal, nullptr, &before);
    if (before.sa_handler != SIG_IGN) sigaction(signal, &action, nullptr);
  }
  struct sigaction losing = {};
  losing.sa_sigaction = lose_page;
  losing.sa_flags = SA_SIGINFO;
  sigaction(SIGBUS, &losing, nullptr);
}

void listen_for_interrupt() { listening = 1; }

int interrupt() { return received; }

}  // namespace maha::cli
