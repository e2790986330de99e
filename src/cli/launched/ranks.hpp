#pragma once
/// Processes that mpirun, or another launcher of MPI, has started together.

#include <memory>

#include "core/machine/ranks.hpp"

namespace maha::cli {

/// A task of several processes, as the system provides it.
class LaunchedRanks : public Ranks {
 public:
  using Ranks::Ranks;

  /// How many of the processes are on this machine.
  virtual int on_this_machine() const = 0;

  /// Ends all processes with this exit status, at once.
  [[noreturn]] virtual void end_all(int status) const = 0;

  /// Ends the task for this process, which waits until all others have come here too.
  virtual void finish() = 0;
};

/// The processes that were started together with this one; nullptr if it was started by itself, or if
/// MPI is not built in.
std::unique_ptr<LaunchedRanks> launched_ranks();

}  // namespace maha::cli
