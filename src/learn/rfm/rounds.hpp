#pragma once

#include <vector>

#include "core/checkpoint.hpp"
#include "core/run.hpp"
#include "learn/rfm/rfm.hpp"
#include "learn/rfm/space.hpp"
#include "metric/metric.hpp"

namespace maha::learn::rfm {

/// The best of some rounds. Round 0 is the kernel under M = I.
struct Course {
  metric::Metric metric{};
  Index round = 0;
  double bandwidth = 0;          ///< of the kernel, among the space's rows
  std::vector<double> errors{};  ///< on the rows held out, by round; empty without any
  Index made = 0;                ///< rounds that were gone through
  bool stopped = false;          ///< asked to stop before all were

  void visit(State& state);
};

/// Goes through so many rounds over the first `train` rows of the space and of Y; the others are held out. The error is
/// the share of the squares of their outputs, about the means of the others, that the kernel machine leaves. The best
/// round is that of the least error, the first of equal ones; without rows held out the last. A round in which no
/// output changes with its row is the last.
Course go_through_rounds(Space space, Matrix Y, Index train, Index rounds, const RfmOptions& options, const Run& run);

}  // namespace maha::learn::rfm
