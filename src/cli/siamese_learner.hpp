#pragma once

#include <optional>

#include "cli/learner.hpp"
#include "learn/embedding/siamese.hpp"

namespace maha::cli {

/// maha-siamese: an embedding from pairs by a contrastive loss (Hadsell et al. 2006).
class SiameseLearner : public Learner {
 public:
  SiameseOptions options;
  std::optional<Model> init;  ///< over the table's features

  void reseed(std::uint64_t seed) override { options.seed = seed; }
  void check() const override { maha::check(options); }
  Fitted fit(Table table, const Pairs& pairs, const Run& run) override;

 private:
  void declare(OptionList& all) override { maha::declare(all, options); }
};

}  // namespace maha::cli
