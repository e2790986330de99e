#pragma once
/// Judges pairs that the tile kernel let pass by whole rows in bytes (rows/byte_rows.hpp).
///
/// s |y(q) - y(x)| <= |z(q) - z(x)| + e(q) + e(x), so a row that counts has at most the distance reach + e(q) + e(x).

#include <cmath>
#include <optional>
#include <vector>

#include "neighbors/filters/reaches.hpp"
#include "neighbors/kernels/tile_kernel.hpp"
#include "neighbors/rows/bounds.hpp"
#include "neighbors/rows/byte_rows.hpp"

namespace maha::neighbors {

/// Working memory.
struct WholeMemory {
  std::vector<const std::uint8_t*> queries, rows;
  std::vector<std::int32_t> products;
};

class WholeFilter {
 public:
  WholeFilter(const ByteRows& queries, const ByteRows& rows)
      : queries_(queries), rows_(rows), steps_(rows.empty() ? 0.0 : kSlack / rows.step()) {}

  /// Calls pass(i, Bracket) for each pair i whose row may be within reach(i); query(i) and row(i) are its numbers.
  template <class Query, class Row, class Reach, class Pass>
  void judge(std::size_t count, const TileKernel& kernel, WholeMemory& memory, const Query& query, const Row& row,
             const Reach& reach, const Pass& pass) const {
    memory.queries.clear();
    memory.rows.clear();
    for (std::size_t i = 0; i < count; ++i) {
      memory.queries.push_back(queries_.row(query(i)));
      memory.rows.push_back(rows_.row(row(i)));
    }
    memory.products.resize(count);
    kernel.dots({memory.queries.data(), memory.rows.data(), static_cast<Index>(count), rows_.width()},
                memory.products.data());
    for (std::size_t i = 0; i < count; ++i) {
      if (const auto distance = within(query(i), row(i), memory.products[i], reach(i))) pass(i, *distance);
    }
  }

 private:
  /// The scaled distance, or nothing if it is beyond the reach.
  std::optional<Bracket> within(Index query, Index row, std::int32_t product, double reach) const {
    const double squared = rows_.squared_steps(queries_, query, row, product);
    const double error = queries_.error(query) + rows_.error(row);
    const double farthest = (reach + error) * steps_;
    if (squared > farthest * farthest * kSlack) return std::nullopt;
    return Bracket{std::sqrt(squared) * rows_.step(), error * kSlack};
  }

  const ByteRows &queries_, &rows_;
  double steps_;  // of a unit
};

}  // namespace maha::neighbors
