#pragma once

#include <initializer_list>
#include <utility>

namespace maha {

/// The words for the values of a type in options, models and experiments.
template <class E>
using Words = std::initializer_list<std::pair<const char*, E>>;

/// The word for a value that has one.
template <class E>
const char* word_of(const Words<E>& words, E value) {
  const auto* found = words.begin();
  while (found->second != value) ++found;
  return found->first;
}

}  // namespace maha
