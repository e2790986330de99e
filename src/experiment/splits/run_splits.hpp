#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "experiment/splits/splits.hpp"

namespace maha::experiment {

/// The rows of one run on one data set, cut when a cell first wants them and shared by the cells of all algorithms, in
/// whatever threads those are. They are let go with this. Memory: once the data set.
class RunSplits {
 public:
  /// `data` and `protocol` must outlive this.
  RunSplits(const SplitData& data, Index run, const Protocol& protocol) : data_(data), run_(run), protocol_(protocol) {}

  /// The run's training and test rows. Throws InputError as SplitData::split.
  const Split& outer();

  /// Its training rows, cut once more, with an inner fold as the test rows: once the training rows, which are the
  /// caller's to let go. All folds at a time would be as much for each of them. Throws InputError if there are too few.
  Split inner(Index fold);

 private:
  const SplitData& data_;
  const Index run_;
  const Protocol& protocol_;
  std::mutex cutting_, dealing_;
  std::shared_ptr<const Split> outer_;
  std::vector<int> inner_fold_of_;  // of each training row, once it has been asked for
};

}  // namespace maha::experiment
