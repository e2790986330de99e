#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/app.hpp"
#include "core/pairs.hpp"
#include "core/preprocessing_options.hpp"
#include "core/run.hpp"
#include "data/model/model.hpp"
#include "data/table/table.hpp"
#include "learn/prepare/preprocessing.hpp"

namespace maha::cli {

/// What a learner makes of a table.
struct Fitted {
  Model model;  ///< ready to be written
  Report report;
  std::vector<std::string> warnings;
  std::optional<Preprocessing> plain;  ///< set if nothing was learned beyond it

  /// Rows of the table's features where the distance is the Euclidean one.
  Matrix map(const MatrixRef& X, const Threads& threads) const;
};

/// A learner as the command line knows it: options, and a model made of a table. Its tool, maha-NAME, adds what takes
/// files; maha-compare runs it in every cell of its table.
class Learner {
 public:
  virtual ~Learner() = default;

  /// The options that take no file, with those of scaling and PCA. What is set of them when this is first called is
  /// their default.
  OptionList& all_options();

  /// Sets what random numbers start from, if it draws any; an option may say otherwise.
  virtual void reseed(std::uint64_t) {}

  /// Throws UsageError if an option is out of range, or two contradict each other.
  virtual void check() const {}

  /// Whether it learns from pairs of rows, and not from rows alone.
  virtual bool wants_pairs() const { return false; }

  /// Learns from a table and, if it wants them, pairs of its rows. The table is the learner's own, which puts the
  /// preprocessed rows in the place of the raw ones, so that no more is held than has to be.
  virtual Fitted fit(Table table, const Pairs& pairs, const Run& run) = 0;

  PreprocessingOptions preprocessing;

 protected:
  /// The warnings, and before them which of the preprocessed features are constant or depend on others.
  static std::vector<std::string> with_singularity(std::vector<std::string> warnings, const Table& prepared_rows,
                                                   const Preprocessing& prepared, const Threads& threads);

  /// The model of a metric that was learned from preprocessed rows of the table.
  Fitted fitted(const std::string& algorithm, const Table& table, const Preprocessing& prepared,
                const std::variant<Metric, Network>& metric, const Report& report, std::vector<std::string> warnings);

 private:
  /// Declares the learner's own options.
  virtual void declare(OptionList&) {}

  OptionList list_;
};

/// What the learner makes of a table that is its file's; errors name that file. The names of the columns must be such
/// as a model can hold.
Fitted fit_file(Learner& learner, Table table, const Pairs& pairs, const Run& run);

/// Says the warnings and writes the model.
void write_fitted(App& app, const Fitted& fit, const std::string& path);

/// The learner maha-NAME runs, or `euclidean`. Throws UsageError listing what there is.
std::unique_ptr<Learner> make_learner(const std::string& name);

/// What make_learner knows, as help lists it.
std::string learner_names();

}  // namespace maha::cli
