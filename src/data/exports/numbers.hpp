#pragma once

#include <string>

#include "core/types.hpp"
#include "data/array/element.hpp"

namespace maha::data {

/// The numbers of a matrix, row by row, as bytes of that type. `what` is its name in messages. Throws InputError if
/// one is not finite or beyond float32, or float32 has only zeros for all that are none.
std::string number_bytes(const std::string& what, const Matrix& values, const Element& element);

inline constexpr Element kFloat64{Element::Kind::floating, 8}, kFloat32{Element::Kind::floating, 4};

}  // namespace maha::data
