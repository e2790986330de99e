#pragma once

#include "cli/learner.hpp"

namespace maha::cli {

/// Learns nothing: the Euclidean distance, of rows as they are or as scaling and PCA make them.
class EuclideanLearner : public Learner {
 public:
  Fitted fit(Table table, const Pairs& pairs, const Run& run) override;
};

}  // namespace maha::cli
