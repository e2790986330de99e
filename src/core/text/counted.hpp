#pragma once

#include <string>

namespace maha {

/// `1 row`, `2 rows`: a number and the word for what it counts, of which many take an s or are another word.
template <class Number>
std::string counted(Number count, const std::string& word, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? word : many);
}

template <class Number>
std::string counted(Number count, const std::string& word) {
  return counted(count, word, word + "s");
}

}  // namespace maha
