#include "learn/covariance/checks.hpp"

#include <cmath>
#include <string>

#include "core/error.hpp"
#include "learn/features_error.hpp"
#include "linalg/units.hpp"

namespace maha::learn::covariance {

double divisor(const CovarianceOptions& options, Index rows, Index groups) {
  if (!options.unbiased) return static_cast<double>(rows);
  if (rows <= groups) {
    throw InputError("the unbiased covariance divides by " + std::to_string(rows) + " rows - " +
                     std::to_string(groups) + (options.within ? " classes" : ""));
  }
  return static_cast<double>(rows - groups);
}

void check_size(const linalg::Moments& moments, const RowVector& sums, const CovarianceOptions& options) {
  const bool fourth = options.shrinkage == Shrinkage::ledoit_wolf;
  const double least = fourth ? 0x1p-250 : linalg::kLeastSpread;
  const std::string powers = fourth ? "fourth powers" : "squares";
  for (Index j = 0; j < moments.dims(); ++j) {
    const double spread = moments.high(j) - moments.low(j);
    const auto refuse = [&](const std::string& what) {
      throw FeaturesError([=](const FeaturesError::Name& name) { return "the values of " + name(j) + what; });
    };
    if (!std::isfinite(sums(j))) refuse(" are too large: their " + powers + " overflow");
    if (spread > 0 && spread < least) refuse(" differ by too little: their " + powers + " underflow");
  }
}

Labels ClassNumbers::of(const Labels& y, Index n) {
  if (static_cast<Index>(y.size()) != n) throw InputError("within classes, but rows have no class");
  Labels numbers;
  numbers.reserve(y.size());
  for (const int c : y) numbers.push_back(place_.try_emplace(c, static_cast<int>(place_.size())).first->second);
  return numbers;
}

}  // namespace maha::learn::covariance
