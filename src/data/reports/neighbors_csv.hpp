#pragma once

#include <span>
#include <string>
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

/// Writes neighbours as CSV `query,rank,neighbor,distance`, ranks from 1 for the nearest.
class NeighborWriter {
 public:
  /// Writes the header. `reference`: the names of the rows that were searched. `squared`: write squared distances.
  NeighborWriter(io::Output& out, const NeighborNames& reference, bool squared);

  /// Writes the results for queries with these names. Throws InputError naming the query if a distance, or its square
  /// if asked for, is out of range.
  void write(const NeighborNames& queries, const neighbors::RangeLists& found);
  void write(const NeighborNames& queries, neighbors::NeighborLists found);

 private:
  double written(const neighbors::RangeLists& found, std::size_t j) const;

  io::Output& out_;
  NeighborNames reference_;
  bool squared_;
};

}  // namespace maha::data
