#pragma once

#include <memory>
#include <string>
#include <vector>

#include "data/table/table.hpp"
#include "experiment/experiment.hpp"
#include "learn/learner.hpp"
#include "prepare/draw/pair_source.hpp"

namespace maha::experiment {

/// One way to run an algorithm: a learner with a value for each of its options. It is made once and does not change:
/// many threads may fit with it at once.
class Variant {
 public:
  /// `choice`: the values where there were several to choose from, as `push-weight=0.5`; else empty. `standing`: the
  /// scaling, kernel and PCA unless the settings say otherwise; settings that name a kernel say all of it. Throws
  /// UsageError.
  Variant(const std::string& learner, std::vector<Setting> settings, std::string choice,
          const prepare::PreprocessingOptions& standing);

  const std::vector<Setting>& settings() const { return settings_; }
  const std::string& choice() const { return choice_; }
  const learn::Learner& learner() const { return *learner_; }

  /// Fits to a table. `seed`: of pairs, if the learner wants any, and of its random numbers, unless the settings name
  /// another. Throws InputError.
  learn::Lesson fit(const data::Table& train, std::uint64_t seed, const Run& run) const;

  /// What the user should know of such a fit.
  std::vector<std::string> warnings(const learn::Lesson& lesson, const data::Table& train) const;

 private:
  std::vector<Setting> settings_;
  std::string choice_;
  // Of a learner that wants some. Its options point at it, wherever the variant is moved.
  std::unique_ptr<prepare::PairSource> pairs_ = std::make_unique<prepare::PairSource>();
  std::unique_ptr<learn::Learner> learner_;
};

/// A variant, and the number of neighbours that vote under its distance.
struct Setup {
  const Variant* variant;
  Index k;
  std::string
      choice;  ///< the values where there were several to choose from, as `push-weight=0.5,vote-k=3`; else empty
};

/// A learner with its options, as a user writes it: `lmnn:neighbors=5,push-weight=0.1|0.5`. An option is its tool's, by
/// long or short name; learners from pairs have those of maha-pairs too, and all have `vote-k`. A flag is `diagonal` in
/// the first place, else `diagonal=true`. A piece without `=` continues the value before it; `|` separates values to
/// choose from. Where there are several kernels, each combination has the options that its kernel has a use for.
class Algorithm {
 public:
  /// The protocol's scaling, PCA and k are the spec's unless that says otherwise. Throws UsageError naming the spec.
  Algorithm(const AlgorithmChoice& choice, const Protocol& protocol);

  /// All combinations of values, each once, the last option's changing fastest; one unless there is something to
  /// choose.
  const std::vector<Variant>& variants() const { return variants_; }

  /// The numbers of neighbours that may vote.
  const std::vector<Index>& ks() const { return ks_; }

  /// All there is to choose from: each variant with each k, k changing fastest.
  std::vector<Setup> setups() const;

 private:
  std::vector<Variant> variants_;
  std::vector<Index> ks_;
};

/// An algorithm as a command line gives it: SPEC, or NAME=SPEC with a NAME that has no colon.
AlgorithmChoice algorithm_choice(const std::string& text);

/// Every learner that learns from labelled rows, or for a regression from a target or rows alone, by the spec that
/// stands for it where nobody says which.
std::vector<AlgorithmChoice> usual_algorithms(bool regression = false);

/// The algorithms of an experiment, in its order. Throws UsageError naming the first spec that makes no sense,
/// or whose learner wants labels where there is a target, or a target where there are labels.
std::vector<Algorithm> algorithms_of(const Experiment& experiment);

}  // namespace maha::experiment
