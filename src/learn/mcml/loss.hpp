#pragma once

#include <memory>

#include "learn/convex/loss.hpp"

namespace maha::learn::mcml {

/// The mean of KL(p0_i | p_i) over the rows i that are not alone in their class. Z: n x r, which must outlive it, with
/// the rows of a class together; y: their classes.
std::unique_ptr<convex::Loss> make_loss(const Matrix& Z, const Labels& y);

}  // namespace maha::learn::mcml
