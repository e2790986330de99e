#include "experiment/results/shard.hpp"

#include "core/checksum.hpp"
#include "core/error.hpp"
#include "core/random.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"

namespace maha::experiment {

Shard shard_from(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash != std::string::npos) {
    const auto number = whole_number(text.substr(0, slash)), of = whole_number(text.substr(slash + 1));
    if (number && of && 1 <= *number && *number <= *of && *of <= kMostShards) return {*number, *of};
  }
  throw UsageError(in_quotes(text) + " is no shard I/N, with I from 1 to N and N up to " + std::to_string(kMostShards));
}

/// The lowest bit of FNV-1a is the parity of the bytes' lowest bits, and even numbers of shards would be dealt by it
/// alone; the generator that is seeded with the checksum mixes all bits.
Index shard_of(const std::string& cell_key, Index shards) {
  Checksum checksum;
  checksum.add_bytes(cell_key);
  return 1 + Random(checksum.value()).below(shards);
}

}  // namespace maha::experiment
