#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/types.hpp"
#include "data/csv/dialect.hpp"

namespace maha::data {

/// An explanation of one row, read back from what ExplanationWriter wrote as CSV or JSON.
struct ToldExplanation {
  /// A row of the training file beside the query.
  struct Beside {
    std::string row, label;
    bool other = false;    ///< the nearest row of another class
    double squared = 0;    ///< the distance
    Vector contributions;  ///< to it, of each feature that is told
    double others = 0;     ///< of all that are not, by --top, together
  };

  std::string query, predicted;
  std::optional<double> radius{};     ///< none if it is without end
  std::vector<std::string> features;  ///< that are told, as they came: those first that tell classes apart
  std::vector<Beside> rows;           ///< nearest first, that of another class last
};

/// Reads a file of explanations, recognised as JSON or CSV by its first character, and of them that of `query`, by row
/// number or id, or the first. Objects may stand on a line each, or be indented as jq does. Throws InputError naming
/// the file.
ToldExplanation read_explanation(const std::string& path, const std::optional<std::string>& query,
                                 const CsvDialect& dialect = {});

}  // namespace maha::data
