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
  std::string no_models{};               ///< what to say of such a file where none can be read

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

/// What a fit has come to over the features as they were given; from nothing, over those that `prepared` makes of them.
struct Lesson {
  Fit fit;
  Report parameters;                      ///< the options that it was made with, as a model records them
  std::optional<Preprocessing> prepared;  ///< what the rows went through; inside fit.metric. Absent after one pass
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

  /// Its options, and those of preprocessing. What is set when this is first called is their default.
  OptionList& options();
  const Hooks& hooks();

  /// Sets what random numbers start from, if it draws any; an option may say otherwise.
  virtual void reseed(std::uint64_t seed) = 0;

  /// Throws UsageError if an option is out of range, or two contradict each other.
  virtual void check() const = 0;

  /// The gap at which a fit stops; 0 without.
  virtual double tolerance() const = 0;

  /// Whether rows are seen once, in blocks, and the fit does not iterate.
  virtual bool one_pass() const = 0;

  /// Learns from rows as they were given; metrics among the samples are over their features. The samples are used up,
  /// so that no more is held than has to be. Throws InputError, UsageError.
  Lesson learn(Samples samples, const Run& run);

  /// The same of rows that come as a stream. Only of a learner that takes one pass.
  Lesson learn(const NextRows& next, const Run& run);

  /// What the study of hooks() finds in such samples.
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

/// The learner of some options and a fit. Of the options it uses what they have: `seed`, `tolerance`; of what is
/// declared for them: check(), describe(), and adopt(options, init, list), which lets them follow a start.
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
