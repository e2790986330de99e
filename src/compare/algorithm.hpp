#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/fitted.hpp"
#include "core/option_list.hpp"
#include "data/experiment/experiment.hpp"
#include "learn/pairs/pair_source.hpp"

namespace maha::compare {

/// One way to run an algorithm: a value for each of its options.
struct Variant {
  std::vector<Setting> settings;
  std::string choice;  ///< the values where there were several to choose from, as `push-weight=0.5`; else empty
};

/// A learner with its options, as a user writes it: `lmnn:neighbors=5,push-weight=0.1|0.5`. An option is its tool's, by
/// long or short name; learners from pairs have those of maha-pairs too. A flag is `diagonal` in the first place, else
/// `diagonal=true`. A piece without `=` continues the value before it; `|` separates values to choose from.
class Algorithm {
 public:
  /// `standing`: the scaling and PCA unless the options say otherwise. Throws UsageError naming the spec.
  Algorithm(const AlgorithmChoice& choice, const PreprocessingOptions& standing);

  /// All combinations of values, the last option's changing fastest; one unless there is something to choose.
  const std::vector<Variant>& variants() const { return variants_; }

  /// Fits to a table. `seed`: of pairs, if the learner wants any, and of its random numbers, unless the options name
  /// another. Throws InputError.
  cli::Fitted fit(const Variant& variant, const Table& train, std::uint64_t seed, const Run& run) const;

 private:
  struct Prepared {
    std::unique_ptr<Learner> learner;
    std::unique_ptr<PairSource> pairs;
  };
  Prepared prepare(const Variant& variant, std::uint64_t seed) const;

  std::string learner_;
  PreprocessingOptions standing_;
  std::vector<Variant> variants_;
};

}  // namespace maha::compare
