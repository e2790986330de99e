#include "core/same_on_ranks.hpp"

#include "core/error.hpp"

namespace maha {

std::string rank_name(const Ranks& ranks, int rank) {
  return "rank " + std::to_string(rank) + " of " + std::to_string(ranks.count());
}

void require_same(const Ranks& ranks, const Checksum& own, const std::string& file) {
  if (const int other = ranks.unlike_first(own.value())) {
    throw InputError(file + ": " + rank_name(ranks, other) +
                     " has read something else there than the first: all need the same files");
  }
}

void require_same(const Ranks& ranks, std::string_view text, const std::string& file) {
  if (ranks.is_alone()) return;
  Checksum own;
  own.add_bytes(text);
  require_same(ranks, own, file);
}

}  // namespace maha
