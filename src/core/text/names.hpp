#pragma once

#include <algorithm>
#include <string>
#include <vector>

namespace maha {

/// The names with a separator between them, for messages.
inline std::string join(const std::vector<std::string>& names, const char* separator = ", ") {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : separator) + name;
  return all;
}

/// The parts between separators, including empty ones.
inline std::vector<std::string> split(const std::string& text, char separator = ',') {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

}  // namespace maha
