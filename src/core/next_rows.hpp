#pragma once

#include <functional>

#include "core/types.hpp"

namespace maha {

/// Hands out the next rows (n x d) and their class ids, counted in the order of first sight (empty: no classes); false
/// at the end.
using NextRows = std::function<bool(Matrix& X, Labels& y)>;

}  // namespace maha
