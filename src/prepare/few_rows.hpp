#pragma once

#include <optional>

#include "core/next_rows.hpp"
#include "core/shared_rows.hpp"
#include "core/types.hpp"

namespace maha::prepare {

/// Rows in memory.
struct Rows {
  Matrix X{};  ///< n x d
  Labels y{};  ///< class ids; empty without classes
};

/// All rows of a stream.
Rows all_rows(const NextRows& next);

/// The other way: rows in memory, moved out as a stream of one block.
NextRows once(SharedRows& X, Labels& y);

/// All rows of a stream that has some, but fewer than features. Otherwise nothing, and `next` gives them all anew, from
/// the first one on: it keeps those that were read until then, which are not many more than features.
std::optional<Rows> few_rows(NextRows& next);

}  // namespace maha::prepare
