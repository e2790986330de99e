#pragma once
/// A learner as programs know it that know none by name: options, what it learns from, a fit.

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "core/next_rows.hpp"
#include "core/option_list.hpp"
#include "core/preprocessing_options.hpp"
#include "core/run.hpp"
#include "learn/fit.hpp"
#include "learn/prepare/preprocessing.hpp"

namespace maha {

/// What a learner learns from, beside rows; from nothing it makes the Euclidean distance.
enum class From { nothing, rows, labels, pairs, labels_or_pairs, labels_or_triplets };

/// A table of figures, with a line of text about it.
struct Findings {
  std::vector<std::string> columns;
  std::vector<std::vector<Report::Value>> rows;
  std::string summary;
};

/// What a learner takes and gives beside what all do. One that has any says so in its folder, by
/// `void describe(Hooks&, NameOptions&)`.
struct Hooks {
  std::vector<std::string> examples{};  ///< command lines for help; without, there is one that fits any learner

  std::string start{};          ///< help of --init; empty: a fit cannot start from a model
  bool trains_network = false;  ///< by gradients, from networks too: rows are read as the start wants them; not from 0
  std::string targets{};        ///< help of --targets, a model whose distance makes Samples::target_space; empty: none
  std::function<std::string()> prior{};  ///< the file of Samples::prior that an option names; "" if it names none
  /// What is wrong with the options where a learner is given rows alone, and no file: in a comparison. "" if nothing.
  std::function<std::string()> wrong_without_files{};

  std::function<bool()> labels_asked{};  ///< whether an option asks for labels, and what it is called
  std::string asks_labels{};
  /// Options that triplets leave without meaning, by long name, and what there is not then.
  std::vector<std::pair<std::string, std::string>> without_classes{};
  bool* want_dual = nullptr;  ///< --dual: hand back the multipliers that prove the bound

  /// Something to look into in place of a fit, asked for by an option of its own.
  struct Study {
    std::string option{}, help{};
    std::function<bool()> makes_sense{};  ///< with the options as they are; false with `without`
    std::string without{};
    std::function<Findings(const Samples&, const Threads&)> look{};
  } study{};
};

/// What a fit has come to over the features as they were given; from nothing, over those that `plain` makes of them.
struct Lesson {
  Fit fit{};
  Report parameters{};                   ///< the options that it was made with, as a model records them
  std::optional<Preprocessing> plain{};  ///< set if nothing was learned beyond it

  /// Rows of the features as they were given, where the distance is the Euclidean one. Equal rows stay equal.
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

  /// Its options, and those of preprocessing.
  OptionList& options() { return list_; }
  const OptionList& options() const { return list_; }
  const Hooks& hooks() const { return hooks_; }

  /// Throws UsageError if an option is out of range, or two contradict each other.
  virtual void check() const = 0;

  /// The gap at which a fit stops; 0 without.
  virtual double tolerance() const = 0;

  /// Whether rows are seen once, in blocks, and the fit does not iterate.
  virtual bool one_pass() const = 0;

  /// Learns from rows as they were given; metrics among the samples are over their features. The samples are used up,
  /// so that no more is held than has to be. `seed`: of random numbers, if it draws any and its options name no other.
  /// Throws InputError, UsageError.
  Lesson learn(Samples samples, const Run& run, std::optional<std::uint64_t> seed = {}) const;

  /// The same of rows that come as a stream. Only of a learner that takes one pass.
  Lesson learn(const NextRows& next, const Run& run, std::optional<std::uint64_t> seed = {}) const;

  /// What the study of hooks() finds in such samples.
  Findings study(Samples samples, const Threads& threads) const;

  /// What the user should know of a fit: what its features lack, then its own warnings. `features`: their names, or
  /// none.
  std::vector<std::string> warnings(const Fit& fit, const std::vector<std::string>& features) const;

  PreprocessingOptions preprocessing;

 protected:
  Learner(std::string name, std::string summary, From from)
      : name_(std::move(name)), summary_(std::move(summary)), from_(from) {}

  /// What a model records of options, without those that the fit had no use for.
  static Report parameters_of(const OptionList& all, const Fit& fit);

  OptionList list_;
  Hooks hooks_;

 private:
  virtual Lesson fit(const Samples& samples, const Run& run, std::optional<std::uint64_t> seed) const = 0;
  virtual Lesson fit(const NextRows& next, const Run& run, std::optional<std::uint64_t> seed) const = 0;
  virtual Findings look(const Samples& samples, const Threads& threads) const = 0;

  Preprocessing prepare(Samples& samples, const Threads& threads) const;

  std::string name_, summary_;
  From from_;
};

/// A fit over preprocessed samples, or one that takes rows once and preprocesses what it makes of them.
template <class Options>
using FitSamples = Fit (*)(const Samples&, const Options&, const Run&);
template <class Options>
using FitRows = Fit (*)(const NextRows&, const PreprocessingOptions&, const Options&, const Run&);

/// Throws UsageError as check(options) does, or if there is none, if one is out of range.
template <class Options>
void check_options(const Options& options) {
  if constexpr (requires { check(options); }) {
    check(options);
  } else {
    check_ranges(options);
  }
}

/// The learner of some options and a fit. Of the options it uses what they have: `tolerance`, and `seed`, which is an
/// option of that name; of what is declared for them: check(), describe(), and adopt(options, init, list), which lets
/// them follow a start. Each fit has a copy of the options, and nothing else is changed.
template <class Options, class FitFunction>
class LearnerOf final : public Learner {
 public:
  LearnerOf(const char* name, const char* summary, From from, FitFunction how)
      : Learner(name, summary, from), fit_(how) {
    declare(list_, options_);
    declare(list_, preprocessing);
    if constexpr (kDescribed) describe(hooks_, options_);
  }

  void check() const override { check_options(options_); }
  double tolerance() const override {
    if constexpr (requires { options_.tolerance; }) return options_.tolerance;
    return 0;
  }
  bool one_pass() const override { return kOnePass; }

 private:
  using Seed = std::optional<std::uint64_t>;
  static constexpr bool kOnePass = std::is_same_v<FitFunction, FitRows<Options>>;
  static constexpr bool kDescribed = requires(Hooks & hooks, Options& options) { describe(hooks, options); };

  Lesson fit(const Samples& samples, const Run& run, Seed seed) const override {
    if constexpr (kOnePass) throw std::logic_error(name() + " takes rows in one pass");
    if constexpr (!kOnePass) {
      const Options options = options_of(samples.init, seed);
      return lesson(fit_(samples, options, run), options);
    }
  }
  Lesson fit(const NextRows& next, const Run& run, Seed seed) const override {
    if constexpr (!kOnePass) throw std::logic_error(name() + " takes more than one pass");
    if constexpr (kOnePass) {
      const Options options = options_of({}, seed);
      return lesson(fit_(next, preprocessing, options, run), options);
    }
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
};

}  // namespace maha
