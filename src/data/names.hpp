#pragma once

#include <string>
#include <vector>

namespace maha {

/// The names with a separator between them, for messages.
inline std::string join(const std::vector<std::string>& names, const char* separator = ", ") {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : separator) + name;
  return all;
}

}  // namespace maha
