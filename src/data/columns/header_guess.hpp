#pragma once

#include <string>
#include <vector>

#include "data/csv/dialect.hpp"

namespace maha::data {

/// A file's first two records, the first of which may be a header; `second` is nullptr if there is none.
struct Opening {
  const std::vector<std::string>& first;
  const std::vector<std::string>* second;
  std::vector<bool> is_feature;  ///< for each column; others (labels, ids) may be text or numbers in either case
  const FieldReader& fields;
  bool has_options = true;  ///< the user can say what it is
};

/// Whether the first record is a header: it is one if none of its feature fields is a number or a missing value, and
/// data if all of them are. Empty fields may be names or missing values and decide nothing. Throws UsageError if only
/// the user can decide; data that look like a header get a warning.
bool guess_header(const Opening& opening, const std::string& file, std::vector<std::string>& warnings);

}  // namespace maha::data
