#include "learn/covariance/robust/factors.hpp"

#include <algorithm>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

namespace maha::learn::covariance {
namespace {

constexpr double kLeast = 0.25;  // what a fitted curve may fall to

/// 1 - exp(a) / n^b, what is found of the determinant's d-th root on average in n rows.
struct Curve {
  double a, b;
  double at(double n) const { return 1 - std::exp(a) / std::pow(n, b); }
};

/// 1 - c / d^e at n = q d^2, for more than two features.
struct Anchor {
  double c, e, q;
  double log_missing(double d) const { return std::log(c) - e * std::log(d); }
};

/// The curve through two anchors.
Curve curve_through(const Anchor& one, const Anchor& two, double d) {
  const double u = std::log(one.q * d * d), v = std::log(two.q * d * d);
  const double b = (one.log_missing(d) - two.log_missing(d)) / (v - u);
  return {one.log_missing(d) + b * u, b};
}

/// The curves of one estimate for d = 1 and 2, and the anchors for more, at one share of rows.
struct Fitted {
  Curve one, two;
  Anchor low, high;
  double at(double n, Index d) const {
    const auto size = static_cast<double>(d);
    return (d == 1 ? one : d == 2 ? two : curve_through(low, high, size)).at(n);
  }
};

/// Pison et al. 2002: of the raw and of the reweighted covariance, for shares of .5 and of .875.
Fitted raw_half() {
  return {{0.262024211897096, 0.604756680630497},
          {0.673292623522027, 0.691365864961895},
          {1.42764571687802, 1.26263336932151, 2},
          {1.06141115981725, 1.28907991440387, 3}};
}
Fitted raw_most() {
  return {{-0.351584646688712, 1.01646567502486},
          {0.446537815635445, 1.06690782995919},
          {0.455179464070565, 1.11192541278794, 2},
          {0.294241208320834, 1.09649329149811, 3}};
}
Fitted reweighted_half() {
  return {{1.11098143415027, 1.5182890270453},
          {3.11101712909049, 1.91401056721863},
          {1.02842572724793, 1.67659883081926, 2},
          {0.26800273450853, 1.35968562893582, 3}};
}
Fitted reweighted_most() {
  return {{-0.66046776772861, 0.88939595831888},
          {0.79473550581058, 1.10081930350091},
          {0.544482443573914, 1.25994483222292, 2},
          {0.343791072183285, 1.25159004257133, 3}};
}

/// Linear in the share between .5, .875 and 1, where nothing is missing.
double between(double half, double most, double share) {
  const double found =
      share <= 0.875 ? half + (most - half) * (share - 0.5) / 0.375 : most + (1 - most) * (share - 0.875) / 0.125;
  return 1 / std::max(found, kLeast);
}

}  // namespace

double gaussian_quantile(double p) { return -std::sqrt(2.0) * boost::math::erfc_inv(2 * p); }

double chi_squared_quantile(double p, Index d) { return 2 * boost::math::gamma_p_inv(0.5 * static_cast<double>(d), p); }

double consistency_factor(double alpha, Index d) {
  if (alpha >= 1) return 1;
  return alpha / boost::math::gamma_p(0.5 * static_cast<double>(d) + 1, 0.5 * chi_squared_quantile(alpha, d));
}

SmallSampleFactors small_sample_factors(Index n, Index d, Index h) {
  const auto rows = static_cast<double>(n);
  const Index least = least_support(n, d);
  // The paper's share alpha is .5 for the least h and 1 for all rows, whatever d.
  const double share = least < n ? 0.5 + 0.5 * static_cast<double>(h - least) / static_cast<double>(n - least) : 1;
  return {between(raw_half().at(rows, d), raw_most().at(rows, d), share),
          between(reweighted_half().at(rows, d), reweighted_most().at(rows, d), share)};
}

}  // namespace maha::learn::covariance
