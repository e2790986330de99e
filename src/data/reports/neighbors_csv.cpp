#include "data/reports/neighbors_csv.hpp"

#include <cmath>

#include "core/error.hpp"
#include "core/text/number.hpp"
#include "data/pairs/row_names.hpp"
#include "linalg/wide_square.hpp"

namespace maha::data {

std::string NeighborNames::of(Index i) const {
  std::string field;
  append_row_name(field, i, row, id);
  return field;
}

NeighborWriter::NeighborWriter(io::Output& out, const NeighborNames& reference, bool squared)
    : out_(out), reference_(reference), squared_(squared) {
  out_.write("query,rank,neighbor,distance\n");
}

double NeighborWriter::written(const neighbors::RangeLists& found, std::size_t j) const {
  const double distance = found.distance(j);
  if (!std::isfinite(distance)) throw InputError("a distance is too large for a number: it overflows");
  if (!squared_) return distance;
  if (!found.lengths.empty()) linalg::checked_square(distance);
  return found.squared[j];
}

void NeighborWriter::write(const NeighborNames& queries, const neighbors::RangeLists& found) {
  for (Index q = 0; q < found.size(); ++q) {
    const std::string query = queries.of(found.first + q);
    const auto begin = static_cast<std::size_t>(found.start[static_cast<std::size_t>(q)]);
    const auto end = static_cast<std::size_t>(found.start[static_cast<std::size_t>(q) + 1]);
    for (std::size_t j = begin; j < end; ++j) {
      std::string line = query + ',' + std::to_string(j - begin + 1) + ',' + reference_.of(found.index[j]) + ',';
      try {
        append_number(line, written(found, j));
      } catch (const InputError& e) {
        throw InputError((queries.file.empty() ? "" : queries.file + ": ") + "row " + query + ": " + e.what());
      }
      out_.write(line += '\n');
    }
  }
}

void NeighborWriter::write(const NeighborNames& queries, neighbors::NeighborLists found) {
  neighbors::RangeLists lists;
  for (Index end = found.k; end <= static_cast<Index>(found.index.size()); end += found.k) lists.start.push_back(end);
  lists.index = std::move(found.index);
  lists.squared = std::move(found.squared);
  lists.lengths = std::move(found.lengths);
  write(queries, lists);
}

}  // namespace maha::data
