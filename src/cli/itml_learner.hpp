#pragma once

#include <optional>

#include "cli/learner.hpp"
#include "learn/itml/itml.hpp"

namespace maha::cli {

/// maha-itml: next to a prior metric, similar pairs within a distance and dissimilar ones beyond (Davis et al. 2007).
class ItmlLearner : public Learner {
 public:
  ItmlOptions options;
  bool reads_models = false;     ///< whether --prior may name one
  std::optional<Model> earlier;  ///< that model, over the table's features
  std::optional<Model> init;     ///< over the table's features

  void reseed(std::uint64_t seed) override { options.seed = seed; }
  void check() const override;
  bool wants_pairs() const override { return true; }
  Fitted fit(Table table, const Pairs& pairs, const Run& run) override;

 private:
  void declare(OptionList& all) override { maha::declare(all, options); }
};

}  // namespace maha::cli
