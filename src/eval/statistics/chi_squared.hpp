#pragma once

namespace maha::eval {

/// P(X >= x), X chi-squared with `degrees` >= 0 degrees of freedom, x >= 0: the regularised upper incomplete gamma
/// function Q(degrees/2, x/2), to about 14 digits, far tails included.
double chi_squared_p_value(double x, double degrees);

}  // namespace maha::eval
