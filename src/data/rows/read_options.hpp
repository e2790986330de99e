#pragma once

#include <optional>

#include "core/machine/ranks.hpp"
#include "core/types.hpp"
#include "data/csv/dialect.hpp"

namespace maha::data {

/// What a missing value gets: an error; its row is passed over, as is one whose label is empty; the value that stands
/// for it; NaN, for a caller who fills it in.
enum class MissingField { error, skip_row, fill, keep };

/// How a file is read, apart from what its columns are for.
struct ReadOptions {
  CsvDialect dialect{};  ///< of CSV; other formats pass it over
  MissingField missing = MissingField::error;
  Vector fill{};                     ///< for MissingField::fill: a value for each feature, or empty for NaN
  bool keep_records = false;         ///< RowBlock::records
  std::optional<Deal> deal{};        ///< the rows of this rank will do for RowBlock::X, if the others need not be read
  std::size_t block_size = 1 << 20;  ///< bytes that a block aims at; the result does not depend on it
};

}  // namespace maha::data
