#include "experiment/splits/run_splits.hpp"

#include "eval/statistics/folds.hpp"

namespace maha::experiment {

// What fails leaves nothing behind: the next cell tries again, and fails for the same reason.

const Split& RunSplits::outer() {
  const std::lock_guard lock(cutting_);
  if (!outer_) outer_ = data_.split(run_);
  return *outer_;
}

Split RunSplits::inner(Index fold) {
  const data::Table& train = outer().train;
  {
    const std::lock_guard lock(dealing_);
    if (inner_fold_of_.empty())
      inner_fold_of_ = eval::stratified_folds(strata_of(train), protocol_.inner_folds, protocol_.seed);
  }
  return cut(train, eval::fold_as_test(inner_fold_of_, fold));
}

}  // namespace maha::experiment
