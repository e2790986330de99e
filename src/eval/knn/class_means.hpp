#pragma once

#include "core/types.hpp"

namespace maha {

/// The mean of the rows of each class, C x d: what the nearest-mean classifier compares with. X: n x d; y: n class ids
/// in [0, classes), each with a row. Throws InputError otherwise. Summed in the order of the rows.
Matrix class_means(const MatrixRef& X, const Labels& y, int classes);

}  // namespace maha
