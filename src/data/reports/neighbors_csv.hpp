#pragma once

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "io/output.hpp"
#include "neighbors/index.hpp"

namespace maha::data {

/// The names of rows in an output: their ids, or if there are none, their numbers in the file, from 1.
struct NeighborNames {
  std::span<const Index> row;
  std::span<const std::string> id;
  std::string file{};  ///< for messages

  std::string of(Index i) const;
};

/// Which neighbours are written: all, or only those whose id is not the query's own.
enum class Ids { all, other };

/// Writes neighbours as CSV `query,rank,neighbor,distance`, ranks from 1 for the nearest.
class NeighborWriter {
 public:
  /// Writes the header. `reference`: the names of the rows that were searched. `squared`: write squared distances. With
  /// Ids::other the reference and all queries must have ids, and references are kept to those of `reference`.
  NeighborWriter(io::Output& out, const NeighborNames& reference, bool squared, Ids ids = Ids::all);

  /// How many neighbours to find for each of these queries so that k of them can be written. Throws InputError naming a
  /// query that has fewer than k.
  Index to_find(const NeighborNames& queries, Index k) const;

  /// Writes the results for queries with these names, up to k of each. Throws InputError naming the query if a
  /// distance, or its square if asked for, is out of range.
  void write(const NeighborNames& queries, const neighbors::RangeLists& found,
             Index k = std::numeric_limits<Index>::max());
  void write(const NeighborNames& queries, neighbors::NeighborLists found, Index k);

 private:
  double written(const neighbors::RangeLists& found, std::size_t j) const;
  void write_one(const NeighborNames& queries, const neighbors::RangeLists& found, Index q, Index k);

  io::Output& out_;
  NeighborNames reference_;
  bool squared_;
  Ids ids_;
  std::unordered_map<std::string_view, Index> rows_of_id_;  // of the reference, with Ids::other
};

}  // namespace maha::data
