#pragma once
/// Target neighbours, chosen once.

#include "core/parallel.hpp"
#include "core/types.hpp"
#include "learn/lmnn_pairs.hpp"

namespace maha::lmnn {

/// The k rows of its own class nearest to each row, nearest first, the lower row number first where they tie. Every
/// class that occurs has more than k rows.
RowLists nearest_in_class(const MatrixRef& X, const Labels& y, Index k, const Threads& threads);

}  // namespace maha::lmnn
