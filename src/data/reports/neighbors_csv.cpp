#include "data/reports/neighbors_csv.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "data/pairs/row_names.hpp"
#include "linalg/wide_square.hpp"

namespace maha::data {

std::string NeighborNames::of(Index i) const {
  std::string field;
  append_row_name(field, i, row, id);
  return field;
}

NeighborWriter::NeighborWriter(io::Output& out, const NeighborNames& reference, bool squared, Ids ids)
    : out_(out), reference_(reference), squared_(squared), ids_(ids) {
  out_.write("query,rank,neighbor,distance\n");
  if (ids == Ids::all) return;
  for (const std::string& id : reference.id) {
    if (!id.empty()) ++rows_of_id_[id];  // rows without an id are of no subject
  }
}

Index NeighborWriter::to_find(const NeighborNames& queries, Index k) const {
  if (ids_ == Ids::all) return k;
  const Index rows = std::ssize(reference_.row);
  Index most = 0;
  for (std::size_t q = 0; q < queries.id.size(); ++q) {
    const auto found = rows_of_id_.find(queries.id[q]);
    const Index same = found == rows_of_id_.end() ? 0 : found->second;
    most = std::max(most, same);
    if (k <= rows - same) continue;
    throw InputError(queries.file + ": row " + std::to_string(queries.row[q]) + ": k = " + std::to_string(k) +
                     " is more than the number of rows with another id than " + in_quotes(queries.id[q]) + ", " +
                     std::to_string(rows - same));
  }
  return k + most;
}

double NeighborWriter::written(const neighbors::RangeLists& found, std::size_t j) const {
  const double distance = found.distance(j);
  if (!std::isfinite(distance)) throw InputError("a distance is too large for a number: it overflows");
  if (!squared_) return distance;
  if (!found.lengths.empty()) linalg::checked_square(distance);
  return found.squared[j];
}

void NeighborWriter::write_one(const NeighborNames& queries, const neighbors::RangeLists& found, Index q, Index k) {
  const std::string query = queries.of(found.first + q);
  const auto begin = static_cast<std::size_t>(found.start[static_cast<std::size_t>(q)]);
  const auto end = static_cast<std::size_t>(found.start[static_cast<std::size_t>(q) + 1]);
  Index rank = 0;
  for (std::size_t j = begin; j < end && rank < k; ++j) {
    const auto neighbor = static_cast<std::size_t>(found.index[j]), at = static_cast<std::size_t>(found.first + q);
    if (ids_ == Ids::other && !queries.id[at].empty() && reference_.id[neighbor] == queries.id[at]) continue;
    std::string line = query + ',' + std::to_string(++rank) + ',' + reference_.of(found.index[j]) + ',';
    try {
      append_number(line, written(found, j));
    } catch (const InputError& e) {
      throw InputError((queries.file.empty() ? "" : queries.file + ": ") + "row " + query + ": " + e.what());
    }
    out_.write(line += '\n');
  }
}

void NeighborWriter::write(const NeighborNames& queries, const neighbors::RangeLists& found, Index k) {
  for (Index q = 0; q < found.size(); ++q) write_one(queries, found, q, k);
}

void NeighborWriter::write(const NeighborNames& queries, neighbors::NeighborLists found, Index k) {
  neighbors::RangeLists lists;
  for (Index end = found.k; end <= static_cast<Index>(found.index.size()); end += found.k) lists.start.push_back(end);
  lists.index = std::move(found.index);
  lists.squared = std::move(found.squared);
  lists.lengths = std::move(found.lengths);
  write(queries, lists, k);
}

}  // namespace maha::data
