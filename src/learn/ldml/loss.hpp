#pragma once

#include <memory>

#include "core/pairs.hpp"
#include "learn/convex/loss.hpp"

namespace maha::learn::ldml {

/// The mean of log(1 + exp(D - b)) over similar and log(1 + exp(b - D)) over dissimilar pairs, at the b where it is
/// least. Z: n x r, which must outlive it. Both kinds must occur.
std::unique_ptr<convex::Loss> make_loss(const Matrix& Z, const Pairs& pairs);

/// The same of all pairs of rows. y: classes, equal ones side by side.
std::unique_ptr<convex::Loss> make_loss(const Matrix& Z, const Labels& y);

}  // namespace maha::learn::ldml
