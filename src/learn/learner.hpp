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
#include "core/option_list.hpp"
#include "core/preprocessing_options.hpp"
#include "core/run.hpp"
#include "learn/fit.hpp"
#include "learn/prepare/preprocessing.hpp"

namespace maha {

/// What a learner needs beside rows. `nothing`: the Euclidean distance, which is not learned.
enum class From { nothing, rows, labels, pairs, labels_or_pairs, labels_or_triplets };

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
  std::string targets{};        ///< help of --targets, a model whose distance makes Samples::target_space; empty: none
  std::function<std::string()> prior{};  ///< the file that an option names for Samples::prior; "" if none
  std::string no_models{};               ///< the message about such a file where no model can be read

  std::function<bool()> labels_asked{};  ///< whether an option asks for labels, and
  std::string asks_labels{};             ///< the name of that option
  /// Options that mean nothing for triplets, by long name, and what triplets lack for them.
  std::vector<std::pair<std::string, std::string>> without_classes{};
  bool* want_dual = nullptr;  ///< --dual: return the multipliers that prove the bound

  /// A study of the data in place of a fit, asked for by its own option.
  struct Study {
    std::string option{}, help{};
    std::function<bool()> makes_sense{};  ///< with the options as set; false if the option `without` is
    std::string without{};
    std::function<Findings(const Samples&, const Threads&)> look{};
  } study{};
};

/// The result of a fit, over the raw features; of From::nothing, over the preprocessed ones.
struct Lesson {
  Fit fit;
  Report parameters;                      ///< the options that were used, as a model records them
  std::optional<Preprocessing> prepared;  ///< of the rows, already folded into fit.metric; absent after one pass
};

/// A learner and its options.
class Learner {
 public:
  virtual ~Learner() = default;
  Learner(const Learner&) = delete;
  Learner& operator=(const Learner&) = delete;

  const std::string& name() const { return name_; }
  const std::string& summary() const { return summary_; }
  From from() const { return from_; }
  bool wants_pairs() const { return from_ == From::pairs; }

  /// Its options and those of preprocessing. The values at the first call are the defaults.
  OptionList& options();
  const Hooks& hooks();

  /// Sets the seed, if the learner draws random numbers; an option may override it.
  virtual void reseed(std::uint64_t seed) = 0;

  /// Throws UsageError if an option is out of range, or two contradict each other.
  virtual void check() const = 0;

  /// The gap at which a fit stops; 0 if it has none.
  virtual double tolerance() const = 0;

  /// Whether the fit sees the rows once, in blocks, and does not iterate.
  virtual bool one_pass() const = 0;

  /// Preprocesses the samples and learns from them; metrics among them are over the raw features. The samples are moved
  /// in, so that none is held twice. Throws InputError, UsageError.
  Lesson learn(Samples samples, const Run& run);

  /// The same for a stream of rows, of a learner with one_pass() only.
  Lesson learn(const NextRows& next, const Run& run);

  /// Runs the study of hooks() on the samples.
  Findings study(Samples samples, const Threads& threads);

  PreprocessingOptions preprocessing;

 protected:
  Learner(std::string name, std::string summary, From from)
      : name_(std::move(name)), summary_(std::move(summary)), from_(from) {}

 private:
  virtual void declare_options(OptionList& all) = 0;
  virtual void describe_hooks(Hooks& hooks) = 0;
  virtual void adopt_start(const Learned& init) = 0;
  virtual Fit fit(const Samples& samples, const Run& run) const = 0;
  virtual Fit fit(const NextRows& next, const Run& run) const = 0;

  Preprocessing prepare(Samples& samples, const Threads& threads);
  Report parameters(const Fit& fit);

  std::string name_, summary_;
  From from_;
  OptionList list_;
  std::optional<Hooks> hooks_;
};

/// A fit over preprocessed samples, or one that sees raw rows once and does its own preprocessing.
template <class Options>
using FitSamples = Fit (*)(const Samples&, const Options&, const Run&);
template <class Options>
using FitRows = Fit (*)(const NextRows&, const PreprocessingOptions&, const Options&, const Run&);

/// Calls check(options) where the options have one, otherwise checks their ranges. Throws UsageError.
template <class Options>
void check_options(const Options& options) {
  if constexpr (requires { check(options); }) {
    check(options);
  } else {
    check_ranges(options);
  }
}

/// The learner made of an options struct and a fit. It uses what the struct has of `seed` and `tolerance`, and what is
/// declared for it of check(), describe() and adopt(options, init, list), which makes options follow a start.
template <class Options, class FitFunction>
class LearnerOf final : public Learner {
 public:
  LearnerOf(const char* name, const char* summary, From from, FitFunction how)
      : Learner(name, summary, from), fit_(how) {}

  void reseed(std::uint64_t seed) override {
    if constexpr (requires { options_.seed; }) options_.seed = seed;
  }
  void check() const override { check_options(options_); }
  double tolerance() const override {
    if constexpr (requires { options_.tolerance; }) return options_.tolerance;
    return 0;
  }
  bool one_pass() const override { return kOnePass; }

 private:
  static constexpr bool kOnePass = std::is_same_v<FitFunction, FitRows<Options>>;

  void declare_options(OptionList& all) override { declare(all, options_); }
  void describe_hooks(Hooks& hooks) override {
    if constexpr (requires { describe(hooks, options_); }) describe(hooks, options_);
  }
  void adopt_start(const Learned& init) override {
    if constexpr (requires { adopt(options_, init, options()); }) adopt(options_, init, options());
  }
  Fit fit(const Samples& samples, const Run& run) const override {
    if constexpr (kOnePass) throw std::logic_error(name() + " takes rows in one pass");
    if constexpr (!kOnePass) return fit_(samples, options_, run);
  }
  Fit fit(const NextRows& next, const Run& run) const override {
    if constexpr (kOnePass) return fit_(next, preprocessing, options_, run);
    if constexpr (!kOnePass) throw std::logic_error(name() + " takes more than one pass");
  }

  Options options_;
  FitFunction fit_;
};

}  // namespace maha
