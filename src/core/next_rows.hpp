#pragma once

#include <functional>

#include "core/types.hpp"

namespace maha {

/// Gets the next rows (n x d) and their class ids, numbered in the order of first appearance (empty: no classes).
/// Returns false at the end.
using NextRows = std::function<bool(Matrix& X, Labels& y)>;

}  // namespace maha
