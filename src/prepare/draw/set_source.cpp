#include "prepare/draw/set_source.hpp"

#include "core/error.hpp"
#include "core/options/option_list.hpp"

namespace maha::prepare {

void declare(OptionList& all, SetSource& source) {
  all.number("--chunks", source.chunks, "draw N chunks of rows of one class: the CSV with a column that numbers them")
      .at_least(1);
  all.number("--chunk-size", source.chunk_size, "with --chunks: rows of each (default: 2)").at_least(1);
  all.text("--assign", source.assign, "with --chunks: what the column is called (default: chunk)", "NAME");
  all.number("--triplets", source.triplets, "draw N triplets: anchor, a row of its class, a row of another")
      .at_least(1);
  all.number("--quadruplets", source.quadruplets, "draw N quadruplets: a similar pair i,j, a dissimilar pair k,l")
      .at_least(1);
}

void check(const PairSource& pairs, const SetSource& sets) {
  if (!pairs.chosen() && !sets.chosen()) {
    throw UsageError(
        "give one of --count N, --similar N with --dissimilar N, --nearest K, --all, --chunks N, --triplets N, "
        "or --quadruplets N");
  }
  if (pairs.chosen() + sets.chunks.has_value() + sets.triplets.has_value() + sets.quadruplets.has_value() > 1)
    throw UsageError("--chunks N, --triplets N and --quadruplets N go alone, in place of pairs");
  if (!sets.chunks && (sets.chunk_size || sets.assign))
    throw UsageError("--chunk-size and --assign go with --chunks N");
  check_ranges(sets);
  if (!sets.chosen()) check(pairs);
}

}  // namespace maha::prepare
