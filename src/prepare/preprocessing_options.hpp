#pragma once

#include "core/options/words.hpp"
#include "core/types.hpp"
#include "prepare/kernel/options.hpp"

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

/// How rows are preprocessed before a learner sees them: scaling, then the features of a kernel of the scaled rows,
/// then principal components.
struct PreprocessingOptions {
  Scale scale = Scale::none;
  Index pca = 0;  ///< principal components kept, 1 to d; 0: no PCA
  KernelOptions kernel{};

  bool any() const { return scale != Scale::none || pca > 0 || kernel.any(); }
};

/// Declares --scale, --standardize, --kernel and what goes with it, and --pca. A model records them separately from its
/// parameters.
void declare(OptionList& all, PreprocessingOptions& options);

/// Throws UsageError for a number out of range, and options that contradict each other.
void check(const PreprocessingOptions& options);

}  // namespace maha::prepare
