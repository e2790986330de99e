#pragma once

#include <initializer_list>
#include <utility>

namespace maha {

/// The words for the values of a type in options, models and experiments.
template <class E>
using Words = std::initializer_list<std::pair<const char*, E>>;

}  // namespace maha
