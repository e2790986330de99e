#pragma once

#include <optional>
#include <vector>

#include "cli/learner.hpp"
#include "learn/lmnn/lmnn.hpp"

namespace maha::cli {

/// maha-lmnn: Large Margin Nearest Neighbor (Weinberger & Saul 2009).
class LmnnLearner : public Learner {
 public:
  LmnnOptions options;
  std::optional<Model> init, targets;  ///< over the table's features
  std::optional<Triplets> triplets;    ///< of the table's rows, to learn from in place of its labels

  void check() const override { maha::check(options); }

  /// Throws UsageError if an option is given that says what triplets say themselves.
  void check_for_triplets();

  Fitted fit(Table table, const Pairs& pairs, const Run& run) override;

  /// The multipliers that prove the bound of the last fit, if options.want_dual.
  const std::vector<TripletMultiplier>& dual() const { return dual_; }

 private:
  void declare(OptionList& all) override;

  bool ridged_ = false;  // the ridge was needed
  std::vector<TripletMultiplier> dual_;
};

}  // namespace maha::cli
