#include "core/same_on_ranks.hpp"

#include "core/error.hpp"

namespace maha {

void require_same(const Ranks& ranks, const Checksum& own, const std::string& file) {
  if (const int other = ranks.unlike_first(own.value())) {
    throw InputError(file + ": rank " + std::to_string(other) + " of " + std::to_string(ranks.count()) +
                     " has read something else there than the first: all need the same files");
  }
}

}  // namespace maha
