#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/columns/columns.hpp"
#include "io/output.hpp"
#include "linalg/exact/scatter_sums.hpp"

namespace maha::data {

/// How such a file begins: what it is, and the version of its format.
inline constexpr std::string_view kScatterMark = "maha-statistics ", kScatterVersion = "1";

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
  std::vector<Class> classes;  ///< in the order of their names' bytes; one if the rows have no labels
  std::optional<PairSums> pairs{};
  /// What was added up and what was taken away without having been added, each part by its mark, in order.
  std::vector<std::string> parts{}, taken{};

  Index rows() const;

  /// Those of each class.
  std::vector<const linalg::ScatterSums*> sums() const;

  /// The columns of a file with these rows.
  Columns columns() const;
};

/// One part: puts the names of columns and classes in, the classes in their order, and its mark, a checksum of what tells
/// it from others.
ScatterFile scatter_file(const Columns& columns, std::vector<linalg::ScatterSums> sums,
                         const std::vector<std::string>& classes, std::optional<ScatterFile::PairSums> pairs = {});

/// Lines of text: a version, a JSON object about what follows, the exact numbers of each class and kind of pairs, and a
/// checksum (docs/maha-stats.md). The same sums give the same bytes.
void write_scatters(io::Output& out, const ScatterFile& file);

/// Throws InputError, without the file's name: no such file, another version, one that was cut off or altered.
ScatterFile parse_scatters(std::string_view bytes);

/// What is in it, in lines for people, and as JSON.
std::string scatter_lines(const ScatterFile& file);
std::string scatter_json(const ScatterFile& file);

}  // namespace maha::data
