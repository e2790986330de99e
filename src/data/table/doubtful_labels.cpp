#include "data/table/doubtful_labels.hpp"

#include "core/text/counted.hpp"
#include "core/text/text.hpp"

namespace maha::data {

std::vector<std::string> doubtful_labels(const std::vector<std::string>& classes, const std::vector<Index>& rows_of,
                                         const CsvDialect& dialect, const std::string& file) {
  const FieldReader fields(dialect);
  std::vector<std::string> warnings;
  for (std::size_t c = 0; c < classes.size(); ++c) {
    if (!fields.is_missing(classes[c])) continue;
    const std::string have = rows_of[c] == 1 ? " has" : " have";
    warnings.push_back(file + ": " + counted(rows_of[c], "row") + have + " the label " + in_quotes(classes[c]) +
                       ", which --na takes for a missing value: it counts as a class; --missing skip leaves it out");
  }
  return warnings;
}

}  // namespace maha::data
