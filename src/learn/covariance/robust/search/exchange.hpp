#pragma once

#include <utility>

#include "learn/covariance/robust/search/subset.hpp"

namespace maha::learn::covariance {

/// C-steps and exchanges, until neither makes the determinant less: where C-steps end, one row of the subset for one
/// outside may still do so, since it moves the mean, too (Hawkins, Comput. Stat. Data Anal. 17:197-210, 1994). Of all
/// such pairs the best is taken at a time. With A the scatter of the h rows, u = x_i - mean of the one that leaves, w =
/// x_j - mean of the one that comes, Du = u' A^-1 u and so on, c = h / (h - 1), t = w + u / (h - 1):
///   det A_new / det A = (1 - c Du) (1 + Dt / c) + (u' A^-1 t)^2.
/// This is less than 1 only where Dw (1 - Du - 6 / h) < Du (1 + 6 / h), so that it takes few rows, those near the
/// border.
///
/// `start` is a fixed point of C-steps, and the result is one. Throws ExactFit. Cost of an exchange: d^2 a row.
Concentrated exchange(const Matrix& U, Concentrated start, const Threads& threads);

}  // namespace maha::learn::covariance
