#pragma once

#include "data/columns/columns.hpp"
#include "learn/features_error.hpp"

namespace maha::cli {

/// Returns what `work` returns. Errors about features name them as the file does.
template <class Work>
auto about_features(const data::Columns& columns, Work&& work) {
  try {
    return work();
  } catch (const learn::FeaturesError& e) {
    const std::vector<std::string> names = columns.feature_names();
    if (names.empty()) throw;
    throw InputError(e.text([&](Index j) { return names[static_cast<std::size_t>(j)]; }));
  }
}

}  // namespace maha::cli
