#include "learn/powers.hpp"

#include <cmath>
#include <string>

#include "learn/features_error.hpp"
#include "linalg/units.hpp"

namespace maha::learn {

void require_powers(const linalg::Moments& moments, const RowVector& sums, Powers powers) {
  const bool fourth = powers == Powers::fourth;
  const double least = fourth ? 0x1p-250 : linalg::kLeastSpread;
  const std::string called = fourth ? "fourth powers" : "squares";
  for (Index j = 0; j < moments.dims(); ++j) {
    const double spread = moments.high(j) - moments.low(j);
    const auto refuse = [&](const std::string& what) {
      throw FeaturesError([=](const FeaturesError::Name& name) { return "the values of " + name(j) + what; });
    };
    if (!std::isfinite(sums(j))) refuse(" are too large: their " + called + " overflow");
    if (spread > 0 && spread < least) refuse(" differ by too little: their " + called + " underflow");
  }
}

}  // namespace maha::learn
