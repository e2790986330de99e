#pragma once

#include <optional>
#include <string>

#include "cli/learner.hpp"
#include "learn/itml.hpp"

namespace maha::cli {

/// maha-itml: next to a prior metric, similar pairs within a distance and dissimilar ones beyond (Davis et al. 2007).
class ItmlLearner : public Learner {
 public:
  ItmlOptions options;
  std::string prior = "identity";  ///< or covariance, or the name of a model
  bool reads_models = false;       ///< whether the name of one is an answer at all
  std::optional<Model> earlier;    ///< that model, over the table's features
  std::optional<Model> init;       ///< over the table's features

  bool prior_is_model() const { return prior != "identity" && prior != "covariance"; }

  void declare(Options& all) override;
  void reseed(std::uint64_t seed) override { options.seed = seed; }
  void check() const override;
  bool wants_pairs() const override { return true; }
  Fitted fit(Table table, const Pairs& pairs, const Run& run) override;

 private:
  Report parameters() const;
};

}  // namespace maha::cli
