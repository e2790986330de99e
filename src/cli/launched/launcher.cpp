#include "cli/launched/launcher.hpp"

#include <cstdlib>

#include "core/text/number.hpp"

namespace maha::cli {

bool is_launched() { return launched_count() || std::getenv("PMIX_RANK") || std::getenv("PMI_RANK"); }

std::optional<int> launched_count() {
  for (const char* const name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "MPI_LOCALNRANKS"}) {
    if (const char* const text = std::getenv(name)) return whole_number<int>(text);
  }
  return std::nullopt;
}

}  // namespace maha::cli
