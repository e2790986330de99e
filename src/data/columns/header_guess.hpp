#pragma once

#include <string>
#include <vector>

#include "data/csv/dialect.hpp"

namespace maha {

/// A file's first two records, of which the first may be a header; `second` is nullptr if there is none.
struct Opening {
  const std::vector<std::string>& first;
  const std::vector<std::string>* second;
  std::vector<bool> is_feature;  ///< of each column; the others (labels, ids) may be text or numbers in any case
  const FieldReader& fields;
  bool has_options = true;  ///< the user can say what it is
};

/// Whether the first record is a header: none of its features is a number or stands for a missing value. It is data if
/// all of them are; an empty field is a name there or a missing value here, and decides nothing. Throws UsageError
/// where only the user can tell; what looks like a header and is taken for data gets a warning.
bool guess_header(const Opening& opening, const std::string& file, std::vector<std::string>& warnings);

}  // namespace maha
