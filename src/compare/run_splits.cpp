#include "compare/run_splits.hpp"

#include "eval/statistics/folds.hpp"

namespace maha::compare {

// One that fails leaves nothing behind: the next cell tries again, and fails for the same reason.

const Split& RunSplits::outer() {
  const std::lock_guard lock(outer_cutting_);
  if (!outer_) outer_ = data_.split(run_);
  return *outer_;
}

const std::vector<Split>& RunSplits::inner() {
  const Table& train = outer().train;
  const std::lock_guard lock(inner_cutting_);
  if (!inner_.empty()) return inner_;
  const std::vector<int> fold_of = stratified_folds(train.y, protocol_.inner_folds, protocol_.seed);
  std::vector<Split> folds;
  for (Index fold = 0; fold < protocol_.inner_folds; ++fold) folds.push_back(cut(train, fold_as_test(fold_of, fold)));
  inner_ = std::move(folds);
  return inner_;
}

}  // namespace maha::compare
