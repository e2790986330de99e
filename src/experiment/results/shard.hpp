#pragma once

#include <compare>
#include <string>

#include "core/types.hpp"

namespace maha::experiment {

/// One of the parts that the cells of an experiment are dealt to.
struct Shard {
  Index number = 1, of = 1;  ///< 1 <= number <= of

  std::string text() const { return std::to_string(number) + "/" + std::to_string(of); }
  auto operator<=>(const Shard&) const = default;
};

/// More than anyone has processors for.
inline constexpr Index kMostShards = 1000000;

/// Reads `2/4`. Throws UsageError.
Shard shard_from(const std::string& text);

/// Which of so many shards a cell is dealt to, from 1 on, by its key (see CellKeys): by a hash that is the same on every
/// machine. It must never change: the journals of an experiment that is half done would hold the wrong cells.
Index shard_of(const std::string& cell_key, Index shards);

}  // namespace maha::experiment
