#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "compare/splits.hpp"

namespace maha::compare {

/// The rows of one run on one data set, cut when a cell first wants them and shared by the cells of all algorithms, in
/// whatever threads those are. They are let go with this. Memory: once the data set, and where an algorithm has
/// something to choose, the training rows once more for each inner fold.
class RunSplits {
 public:
  /// `data` and `protocol` must outlive this.
  RunSplits(const SplitData& data, Index run, const Protocol& protocol) : data_(data), run_(run), protocol_(protocol) {}

  /// The run's training and test rows. Throws InputError as SplitData::split.
  const Split& outer();

  /// Its training rows, cut once more into the inner folds in turn. Throws InputError if there are too few.
  const std::vector<Split>& inner();

 private:
  const SplitData& data_;
  const Index run_;
  const Protocol& protocol_;
  std::mutex outer_cutting_, inner_cutting_;
  std::shared_ptr<const Split> outer_;
  std::vector<Split> inner_;
};

}  // namespace maha::compare
