/// Built without MPI: mpi.cpp stands in this place where it is to be had.

#include "cli/launched/ranks.hpp"

namespace maha::cli {

std::unique_ptr<LaunchedRanks> launched_ranks() { return nullptr; }

}  // namespace maha::cli
