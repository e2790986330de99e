#pragma once

#include <optional>

#include "cli/learner.hpp"
#include "learn/mmc/mmc.hpp"

namespace maha::cli {

/// maha-mmc: similar pairs near, dissimilar ones far (Xing et al. 2002).
class MmcLearner : public Learner {
 public:
  MmcOptions options;
  std::optional<Model> init;  ///< over the table's features

  void check() const override { check_ranges(options); }
  bool wants_pairs() const override { return true; }
  Fitted fit(Table table, const Pairs& pairs, const Run& run) override;

 private:
  void declare(OptionList& all) override { maha::declare(all, options); }
};

}  // namespace maha::cli
