#pragma once

#include "core/types.hpp"

namespace maha::eval {

/// The mean of the rows of each class, C x d, for the nearest-mean classifier. X: n x d; y: n class ids in [0,
/// classes), each with at least one row. Throws InputError otherwise. Summed in the order of the rows.
Matrix class_means(const MatrixRef& X, const Labels& y, int classes);

}  // namespace maha::eval
