#pragma once
/// Losses over all pairs of labelled rows: a tile of rows of one class at a time against others, so that there is never
/// a matrix of n x n.

#include <vector>

#include "core/types.hpp"
#include "learn/samples.hpp"

namespace maha::learn::convex {

/// Rows and classes, those of a class side by side, so that a tile's own class is one block of columns.
struct RowsByClass {
  Matrix X;
  Labels y;
};
RowsByClass by_class(const Samples& samples);

/// Rows [begin, end) of the class whose rows are [first, last).
struct ClassTile {
  Index begin, end, first, last;

  Index size() const { return last - first; }
};

/// The tiles of all classes of `least` rows or more, the same for any number of threads. y: classes, equal ones side by
/// side.
std::vector<ClassTile> tiles_of(const Labels& y, Index least);

}  // namespace maha::learn::convex
