#pragma once

#include <initializer_list>
#include <utility>

namespace maha {

/// The words by which options, models and experiments call the values of a type.
template <class E>
using Words = std::initializer_list<std::pair<const char*, E>>;

}  // namespace maha
