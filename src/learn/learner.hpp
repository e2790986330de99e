#pragma once
/// The interface of all learners for programs that know none of them by name: options, what it learns from, the fit.

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "core/next_rows.hpp"
#include "core/options/option_list.hpp"
#include "core/run.hpp"
#include "learn/declarations.hpp"
#include "learn/fit.hpp"
#include "prepare/preprocessing.hpp"
#include "prepare/preprocessing_options.hpp"

namespace maha::learn {

/// What a learner needs beside rows. `nothing`: the Euclidean distance, which is not learned. `target`: numbers to
/// predict, Samples::target.
enum class From {
  nothing,
  rows,
  labels,
  pairs,
  target,
  labels_or_pairs,
  labels_or_triplets,
  labels_or_quadruplets,
  labels_or_chunks,
  labels_or_target
};

/// A table of figures, with a line of text about it.
struct Findings {
  std::vector<std::string> columns;
  std::vector<std::vector<Report::Value>> rows;
  std::string summary;
};

/// What only some learners take or return. A learner that needs it defines `void describe(Hooks&, NameOptions&)` in its
/// folder.
struct Hooks {
  std::vector<std::string> examples{};  ///< command lines for --help; if empty, one that suits any learner is shown

  std::string start{};          ///< help of --init; empty: a fit cannot start from a model
  bool trains_network = false;  ///< by gradients: a start may be a network but not 0, and sets how rows are read
  bool in_rounds = false;       ///< goes on in rounds that can be followed and stopped, without a gap to reach
  bool over_ranks = false;      ///< several processes may share a fit: it takes Run::ranks
  std::string targets{};        ///< help of --targets, a model whose distance makes Samples::target_space; empty: none
  std::function<std::string()> prior{};  ///< the file that an option names for Samples::prior; "" if none
  /// What is wrong with the options where a learner is given rows alone, and no file: in a comparison. "" if nothing.
  std::function<std::string()> wrong_without_files{};

  std::function<bool()> labels_asked{};  ///< whether an option asks for labels, and
  std::string asks_labels{};             ///< the name of that option
  /// Options that mean nothing for triplets, quadruplets or chunks in place of labels, by name, and what is lacking.
  std::vector<std::pair<std::string, std::string>> without_classes{};
  bool* want_dual = nullptr;  ///< --dual: return the multipliers that prove the bound

  bool* want_proof = nullptr;  ///< --proof: return Fit::proof; it cannot be had after principal components or a kernel

  /// A study of the data in place of a fit, asked for by its own option.
  struct Study {
    std::string option{}, help{};
    std::function<bool()> makes_sense{};  ///< with the options as set; false if the option `without` is
    std::string without{};
    std::function<Findings(const Samples&, const Threads&)> look{};
  } study{};

  /// The option among those given that scatters are not enough for, which need the rows. "" if none.
  std::function<std::string()> needs_rows{};
  bool writes_scatters = false;  ///< --stats: sums up scatters in place of a fit

  std::string pairs_by_label = "pairs drawn by label";  ///< for help: what stands for pairs where none are given
};

/// The result of a fit, over the raw features; of From::nothing, over those that `plain` makes of them.
struct Lesson {
  Fit fit{};
  Report parameters{};                            ///< the options that were used, as a model records them
  std::optional<prepare::Preprocessing> plain{};  ///< set if preprocessing is all there is

  /// Maps rows over the raw features to where the distance is Euclidean. Equal rows stay equal.
  Matrix map(const MatrixRef& X, const Threads& threads) const;
};

/// A learner and its options. Once they are set it is the same for every fit, and many threads may learn with it at
/// once.
class Learner {
 public:
  virtual ~Learner() = default;
  Learner(const Learner&) = delete;
  Learner& operator=(const Learner&) = delete;

  const std::string& name() const { return name_; }
  const std::string& summary() const { return summary_; }
  From from() const { return from_; }
  bool wants_pairs() const { return from_ == From::pairs; }

  /// Its options and those of preprocessing.
  OptionList& options() { return list_; }
  const OptionList& options() const { return list_; }
  const Hooks& hooks() const { return hooks_; }

  /// Throws UsageError if an option is out of range, or two contradict each other.
  virtual void check() const = 0;

  /// The gap at which a fit stops; 0 if it has none.
  virtual double tolerance() const = 0;

  /// Whether the fit has iterations, which can be followed and stopped; otherwise it has a closed form.
  bool iterates() const { return tolerance() > 0 || hooks_.trains_network || hooks_.in_rounds; }

  /// Whether the fit sees the rows once, in blocks, and does not iterate.
  virtual bool one_pass() const = 0;

  /// Preprocesses the samples and learns from them; metrics among them are over the raw features. The samples are moved
  /// in, so that none is held twice. `seed`: of random numbers, if the learner draws any and its options set none.
  /// Throws InputError, UsageError.
  Lesson learn(Samples samples, const Run& run, std::optional<std::uint64_t> seed = {}) const;

  /// The same for a stream of rows, of a learner with one_pass() only.
  Lesson learn(const NextRows& next, const Run& run, std::optional<std::uint64_t> seed = {}) const;

  /// Whether it learns from scatters in place of rows too, and that.
  virtual bool takes_scatters() const = 0;
  Lesson learn(const Scatters& scatters, const Run& run) const;

  /// Runs the study of hooks() on the samples.
  Findings study(Samples samples, const Threads& threads) const;

  /// What the user should know of a fit: about its features, then its own warnings. `features`: their names, or none.
  std::vector<std::string> warnings(const Fit& fit, const std::vector<std::string>& features) const;

  prepare::PreprocessingOptions preprocessing;

 protected:
  Learner(std::string name, std::string summary, From from)
      : name_(std::move(name)), summary_(std::move(summary)), from_(from) {}

  /// What a model records of options, without those that the fit had no use for.
  static Report parameters_of(const OptionList& all, const Fit& fit);

  OptionList list_;
  Hooks hooks_;

 private:
  virtual Lesson fit(const Samples& samples, const Run& run, std::optional<std::uint64_t> seed) const = 0;
  virtual Lesson fit(const NextRows& next, const prepare::PreprocessingOptions& before, const Run& run,
                     std::optional<std::uint64_t> seed) const = 0;
  virtual Lesson fit(const Scatters& scatters, const prepare::PreprocessingOptions& before, const Run& run) const = 0;
  virtual Findings look(const Samples& samples, const Threads& threads) const = 0;

  prepare::Preprocessing prepare(Samples& samples, const Threads& threads) const;
  void fold(Fit& fit, const prepare::Preprocessing& prepared) const;

  std::string name_, summary_;
  From from_;
};

/// A fit over preprocessed samples, or one that sees raw rows once and does its own preprocessing.
template <class Options>
using FitSamples = Fit (*)(const Samples&, const Options&, const Run&);
template <class Options>
using FitRows = Fit (*)(const NextRows&, const prepare::PreprocessingOptions&, const Options&, const Run&);

/// The same from scatters: of preprocessed rows, or of raw rows by one that does its own preprocessing.
template <class Options>
using FitScatters = Fit (*)(const Scatters&, const Options&, const Run&);
template <class Options>
using FitRawScatters = Fit (*)(const Scatters&, const prepare::PreprocessingOptions&, const Options&, const Run&);

/// Calls check(options) where the options have one, otherwise checks their ranges. Throws UsageError.
template <class Options>
void check_options(const Options& options) {
  if constexpr (requires { check(options); }) {
    check(options);
  } else {
    check_ranges(options);
  }
}

/// The learner made of an options struct and a fit. It uses what the struct has of `tolerance` and of `seed`, an option
/// of that name, and what is declared for it of check(), describe() and adopt(options, init, list), which makes options
/// follow a start. Each fit has a copy of the options; nothing else changes.
template <class Options, class FitFunction>
class LearnerOf final : public Learner {
 public:
  static constexpr bool kOnePass = std::is_same_v<FitFunction, FitRows<Options>>;
  using FromScatters = std::conditional_t<kOnePass, FitRawScatters<Options>, FitScatters<Options>>;

  /// `from_scatters`: nullptr if it needs the rows.
  LearnerOf(const char* name, const char* summary, From from, FitFunction how, FromScatters from_scatters = nullptr)
      : Learner(name, summary, from), fit_(how), from_scatters_(from_scatters) {
    declare(list_, options_);
    declare(list_, preprocessing);
    if constexpr (kDescribed) describe(hooks_, options_);
  }

  void check() const override {
    check_options(options_);
    prepare::check(preprocessing);
  }
  double tolerance() const override {
    if constexpr (requires { options_.tolerance; }) return options_.tolerance;
    return 0;
  }
  bool one_pass() const override { return kOnePass; }
  bool takes_scatters() const override { return from_scatters_ != nullptr; }

 private:
  using Seed = std::optional<std::uint64_t>;
  static constexpr bool kDescribed = requires(Hooks & hooks, Options& options) { describe(hooks, options); };

  Lesson fit(const Samples& samples, const Run& run, Seed seed) const override {
    if constexpr (kOnePass) throw std::logic_error(name() + " takes rows in one pass");
    if constexpr (!kOnePass) {
      const Options options = options_of(samples.init, seed);
      return lesson(fit_(samples, options, run), options);
    }
  }
  Lesson fit(const NextRows& next, const prepare::PreprocessingOptions& before, const Run& run,
             Seed seed) const override {
    if constexpr (!kOnePass) throw std::logic_error(name() + " takes more than one pass");
    if constexpr (kOnePass) {
      const Options options = options_of({}, seed);
      return lesson(fit_(next, before, options, run), options);
    }
  }
  Lesson fit(const Scatters& scatters, const prepare::PreprocessingOptions& before, const Run& run) const override {
    if constexpr (kOnePass) return lesson(from_scatters_(scatters, before, options_, run), options_);
    if constexpr (!kOnePass) return lesson(from_scatters_(scatters, options_, run), options_);
  }
  Findings look(const Samples& samples, const Threads& threads) const override {
    if constexpr (!kDescribed) throw std::logic_error(name() + " has no study");
    if constexpr (kDescribed) {
      Options options = options_of(samples.init, {});
      Hooks of_these;
      describe(of_these, options);
      return of_these.study.look(samples, threads);
    }
  }

  /// The options of one fit.
  Options options_of(const std::optional<Learned>& init, Seed seed) const {
    Options options = options_;
    if constexpr (requires { options.seed; }) {
      if (seed && !list_.given("seed")) options.seed = *seed;
    }
    if constexpr (requires { adopt(options, *init, list_); }) {
      if (init) adopt(options, *init, list_);
    }
    return options;
  }

  /// A fit, and of the options that it was made with those that had a part in it.
  static Lesson lesson(Fit fit, const Options& options) {
    Options used;  // declared while it holds the defaults, from which some differ if they are to be recorded
    OptionList all;
    declare(all, used);
    used = options;
    Report parameters = parameters_of(all, fit);
    return {std::move(fit), std::move(parameters), {}};
  }

  Options options_;
  FitFunction fit_;
  FromScatters from_scatters_;
};

}  // namespace maha::learn
