#pragma once

#include "core/options/words.hpp"
#include "core/types.hpp"

namespace maha {
class OptionList;
}  // namespace maha

namespace maha::prepare {

enum class Scale {
  none,
  zscore,  ///< (x - mean) / standard deviation, divisor n
  minmax,  ///< (x - min) / (max - min)
};

inline constexpr Words<Scale> kScaleWords{{"none", Scale::none}, {"zscore", Scale::zscore}, {"minmax", Scale::minmax}};

/// How rows are preprocessed before a learner sees them: scaling, then principal components of the scaled rows.
struct PreprocessingOptions {
  Scale scale = Scale::none;
  Index pca = 0;  ///< principal components kept, 1 to d; 0: no PCA

  bool any() const { return scale != Scale::none || pca > 0; }
};

/// Declares --scale, --standardize and --pca. A model records them separately from its parameters.
void declare(OptionList& all, PreprocessingOptions& options);

}  // namespace maha::prepare
