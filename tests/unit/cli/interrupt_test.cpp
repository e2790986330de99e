#include "cli/interrupt.hpp"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>

using namespace maha::cli;

namespace {

/// What a process comes to that does this and then exits with 0: its exit status, or 128 + the signal that ended it.
int status_of(const std::function<void()>& act) {
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
    act();
    ::_exit(0);
  }
  int state = 0;
  ::waitpid(child, &state, 0);
  return WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
}

void wants(bool so) {
  if (!so) ::_exit(99);
}

}  // namespace

TEST_CASE("the first SIGINT or SIGTERM is remembered, the next of either kind ends the process at once") {
  for (const int first : {SIGINT, SIGTERM}) {
    for (const int second : {SIGINT, SIGTERM}) {
      const auto act = [=] {
        std::signal(first, SIG_DFL);
        std::signal(second, SIG_DFL);
        watch_signals();
        listen_for_interrupt();
        wants(interrupt() == 0);
        std::raise(first);
        wants(interrupt() == first);
        std::raise(second);
      };
      CHECK(status_of(act) == 128 + second);
    }
  }
}

TEST_CASE("a signal that was ignored on entry stays ignored, and the others do not") {
  const auto ignoring = [](int ignored, int raised) {
    return status_of([=] {
      std::signal(ignored, SIG_IGN);
      watch_signals();
      listen_for_interrupt();
      std::raise(raised);
      std::raise(raised);
      wants(interrupt() == 0);
    });
  };
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) CHECK(ignoring(signal, signal) == 0);
  CHECK(ignoring(SIGHUP, SIGINT) == 128 + SIGINT);
  CHECK(ignoring(SIGINT, SIGTERM) == 128 + SIGTERM);
}

TEST_CASE("without work to end well, any signal ends the process as it would; a pipe and a full file do not") {
  for (const int signal : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXCPU}) {
    CHECK(status_of([=] {
            std::signal(signal, SIG_DFL);  // under nohup, it may be ignored
            watch_signals();
            std::raise(signal);
          }) == 128 + signal);
  }
  for (const int signal : {SIGPIPE, SIGXFSZ}) {
    CHECK(status_of([=] {
            watch_signals();
            std::raise(signal);
          }) == 0);
  }
}
