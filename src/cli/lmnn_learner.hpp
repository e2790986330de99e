#pragma once

#include <optional>
#include <vector>

#include "cli/learner.hpp"
#include "learn/lmnn.hpp"

namespace maha::cli {

/// maha-lmnn: Large Margin Nearest Neighbor (Weinberger & Saul 2009).
class LmnnLearner : public Learner {
 public:
  LmnnOptions options;
  std::optional<Model> init, targets;  ///< over the table's features

  void declare(Options& all) override;
  Fitted fit(Table table, const Pairs& pairs, const Run& run) override;

  /// The multipliers that prove the bound of the last fit, if options.want_dual.
  const std::vector<LmnnMultiplier>& dual() const { return dual_; }

 private:
  Report parameters(bool ridged) const;

  std::vector<LmnnMultiplier> dual_;
};

}  // namespace maha::cli
