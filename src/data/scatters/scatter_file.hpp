#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/report.hpp"
#include "data/columns/columns.hpp"
#include "io/output.hpp"
#include "linalg/exact/scatter_sums.hpp"

namespace maha::data {

/// What fits to scatters need of rows, in a file: exact sums by class, and over pairs.
struct ScatterFile {
  struct Class {
    std::string name;  ///< empty without labels
    linalg::ScatterSums sums;
  };
  /// Of pairs (x_i - x_j)(x_i - x_j)'.
  struct PairSums {
    linalg::ScatterSums similar, dissimilar;
  };

  Index dims = 0;
  std::vector<std::string> features;  ///< names, or empty
  std::string label;                  ///< name, or empty
  bool labeled = false;
  std::int64_t parts = 1;      ///< how many sums were added up, those taken away included
  std::vector<Class> classes;  ///< in the order of their names' bytes; one if the rows have no labels
  std::optional<PairSums> pairs{};
  std::string checksum{};  ///< of the file that was read

  Index rows() const;

  /// The columns of a file with these rows.
  Columns columns() const;
};

/// Puts the names of columns and classes in, and the classes in their order.
ScatterFile scatter_file(const Columns& columns, std::vector<linalg::ScatterSums> sums,
                         const std::vector<std::string>& classes);

/// Lines of text: a version, a JSON object about what follows, the exact numbers of each class and kind of pairs, and a
/// checksum (docs/maha-stats.md). The same sums give the same bytes.
void write_scatters(io::Output& out, const ScatterFile& file);

/// Throws InputError, without the file's name: no such file, another version, one that was cut off or altered.
ScatterFile parse_scatters(std::string_view bytes);

/// What is in it, for people and as JSON.
Report summarize(const ScatterFile& file);

}  // namespace maha::data
