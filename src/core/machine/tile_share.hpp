#pragma once

#include <algorithm>

#include "core/machine/ranks.hpp"

namespace maha {

/// How the tiles of [0, n) are shared out over ranks: each has some that follow each other.
class TileShare {
 public:
  TileShare(Index n, Index tile, const Ranks& ranks) : TileShare(n, tile, ranks.rank(), ranks.count()) {}
  TileShare(Index n, Index tile, int rank, int count)
      : n_(n), tile_(tile), tiles_((n + tile - 1) / tile), rank_(rank), count_(count) {}

  /// The tiles of this rank, and where they begin and end in [0, n).
  Index first_tile() const { return tiles_ * rank_ / count_; }
  Index end_tile() const { return tiles_ * (rank_ + 1) / count_; }
  Index begin() const { return std::min(n_, first_tile() * tile_); }
  Index end() const { return std::min(n_, end_tile() * tile_); }
  /// The most tiles that a rank has.
  Index most_tiles() const { return (tiles_ + count_ - 1) / count_; }

 private:
  Index n_, tile_, tiles_, rank_, count_;
};

}  // namespace maha
