#pragma once

#include "core/types.hpp"

namespace maha {

enum class Scale {
  none,
  zscore,  ///< (x - mean) / standard deviation, divisor n
  minmax,  ///< (x - min) / (max - min)
};

/// What rows go through before a learner sees them: scaling, then principal components of the scaled rows.
struct PreprocessingOptions {
  Scale scale = Scale::none;
  Index pca = 0;  ///< principal components kept, 1 to d; 0: no PCA

  bool any() const { return scale != Scale::none || pca > 0; }
};

}  // namespace maha
