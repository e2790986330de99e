#pragma once

#include <string>
#include <vector>

#include "core/options/option_list.hpp"

namespace maha::experiment {

/// A spec in its parts, as it is written: `lmnn:neighbors=5,push-weight=0.1|0.5`.
struct Spec {
  std::string learner;
  std::vector<Setting> options;  ///< a flag has the value `true`; `_` in names is `-`
};

/// A piece without `=` behind others belongs to the value before it. Throws UsageError if an option has no name or is
/// given twice.
Spec parse_spec(const std::string& text);

}  // namespace maha::experiment
