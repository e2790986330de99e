#pragma once

#include <optional>

namespace maha::cli {

/// Whether this process was started by a launcher of MPI, such as mpirun or srun, which tells it so in its environment.
bool is_launched();

/// How many processes were started together, if the environment says that too.
std::optional<int> launched_count();

}  // namespace maha::cli
