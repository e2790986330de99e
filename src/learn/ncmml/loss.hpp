#pragma once

#include <memory>

#include "learn/convex/loss.hpp"

namespace maha::learn::ncmml {

/// The mean of -log p(y_i | x_i). Z: n x r, which must outlive it; y: their classes.
std::unique_ptr<convex::Loss> make_loss(const Matrix& Z, const Labels& y);

}  // namespace maha::learn::ncmml
