#pragma once

#include <string>

namespace maha {

/// `1 row`, `2 rows`: a number and the word for what it counts, which takes an s.
template <class Number>
std::string counted(Number count, const std::string& word) {
  return std::to_string(count) + " " + word + (count == 1 ? "" : "s");
}

}  // namespace maha
