#pragma once

#include "core/machine/parallel.hpp"
#include "core/types.hpp"

namespace maha::learn::covariance {

/// The median of the values; of an even number, the mean of the two in the middle.
double median(Vector values);

struct CenterAndScale {
  double center = 0, scale = 0;
};

/// The tau estimate of location and scale of Maronna & Zamar, Technometrics 44:307-317, 2002, section 3.1:
///   center mu = sum w x / sum w, w = W((x - med) / s), W(u) = (1 - (u / 4.5)^2)^2 up to |u| = 4.5;
///   scale^2 = s^2 / n sum min(((x - mu) / s)^2, 3^2).
/// There s is the median of |x - med|; here it is the h-th smallest, h > n/2, so that it is 0 if and only if h values
/// are the same, and both are divided by what they are for a Gaussian of deviation 1. The scale is then 0, too. Cost:
/// O(n).
CenterAndScale tau_scale(const Vector& x, Index h);

/// The same of each column of X.
struct ColumnScales {
  RowVector center, scale;  ///< d
};
ColumnScales tau_scales(const Matrix& X, Index h, const Threads& threads);

}  // namespace maha::learn::covariance
