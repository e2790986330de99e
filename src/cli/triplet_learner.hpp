#pragma once

#include <optional>

#include "cli/learner.hpp"
#include "learn/embedding/triplet.hpp"

namespace maha::cli {

/// maha-triplet: an embedding from triplets (Schroff et al. 2015; Wu et al. 2017).
class TripletLearner : public Learner {
 public:
  TripletOptions options;
  std::optional<Model> init;  ///< over the table's features

  void reseed(std::uint64_t seed) override { options.seed = seed; }
  void check() const override { maha::check(options); }
  Fitted fit(Table table, const Pairs& pairs, const Run& run) override;

  /// What the samplers would draw at the start of a fit.
  SamplingReport report_sampling(Table table, const Threads& threads);

 private:
  void declare(OptionList& all) override { maha::declare(all, options); }
  Preprocessing prepare(Table& table, const Threads& threads);
};

}  // namespace maha::cli
