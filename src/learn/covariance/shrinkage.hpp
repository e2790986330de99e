#pragma once

#include "core/types.hpp"

namespace maha::learn::covariance {

/// The weight rho in [0, 1] with which (1 - rho) S + rho m I, m = tr S / d, comes closest to the true covariance, as
/// estimated by Ledoit & Wolf, J. Multivariate Anal. 88:365-411, 2004, eq. 14 to 22:
///   rho = min(1, b2 / d2),  d2 = |S - m I|^2,
///   b2 = sum_i |y_i y_i' - S|^2 / n^2 = sum_i |y_i|^4 / n^2 - |S|^2 / n.
/// S: covariance of n rows y_i, divisor n; sum_fourth = sum_i |y_i|^4. 0 where S is a multiple of I.
/// In place of S, a smaller matrix of the same nonzero eigenvalues will do, and d is then the size of S.
double ledoit_wolf_weight(const SquareMatrix& S, double sum_fourth, Index n, Index d);
inline double ledoit_wolf_weight(const SquareMatrix& S, double sum_fourth, Index n) {
  return ledoit_wolf_weight(S, sum_fourth, n, S.rows());
}

/// The same by the oracle approximating shrinkage estimator of Chen, Wiesel, Eldar & Hero, IEEE Trans. Signal Process.
/// 58:5016-5029, 2010, eq. 23, for Gaussian rows:
///   rho = min(1, [(1 - 2/d) tr S^2 + tr^2 S] / [(n + 1 - 2/d) (tr S^2 - tr^2 S / d)]).
/// scikit-learn leaves out 2/d.
double oas_weight(const SquareMatrix& S, Index n, Index d);
inline double oas_weight(const SquareMatrix& S, Index n) { return oas_weight(S, n, S.rows()); }

}  // namespace maha::learn::covariance
