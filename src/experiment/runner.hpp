#pragma once
/// How data flow through a comparison:
///
///   Experiment   what is asked: data sets, algorithms, protocol; from the command line or a file
///   Algorithm    each spec, parsed once: its Variants are learners whose options are set, and do not change
///   SplitData    each data set, read once: its table, and which rows every run trains on and tests
///   RunSplits    the tables of one run, cut once and shared by the cells of all algorithms
///   Cell         one algorithm in one run: chosen, fitted, tested (evaluate), and appended to the JournalFile
///   Results      all cells and what was read; its report as text, Markdown, CSV or JSON (results/)
///
/// Nothing turns back, and from RunSplits on nothing is changed but the cell.

#include <optional>
#include <string>
#include <vector>

#include "core/machine/parallel.hpp"
#include "experiment/algorithm.hpp"
#include "experiment/final_fit.hpp"
#include "experiment/reporter.hpp"
#include "experiment/results/journal_file.hpp"
#include "experiment/results/results.hpp"

namespace maha::experiment {

/// Where results go, as far as it matters before there are any.
struct Destination {
  std::optional<std::string> journal{};  ///< a file; its cells are taken as they are, and it gets those worked out
  std::optional<Shard> shard{};          ///< the cells to work out, the only ones; with a journal
  std::vector<JournalText> merged{};     ///< what all cells are taken from, if any: none is worked out
  bool as_json = false;                  ///< names must be UTF-8, as with a journal
  bool model = false;                    ///< of the best algorithm; the experiment must suit check_final()
};

/// What comes of an experiment.
struct Comparison {
  Results results;                 ///< of a shard, with cells that are not worked out
  std::optional<FinalFit> best{};  ///< if a model was wanted
  std::string no_best{};           ///< why it could not be made, if so
};

/// Runs every algorithm of an experiment in every run on every data set: reads the data, fits each algorithm to the
/// training rows, and counts the errors of k-NN on the test rows; algorithms have the same runs. An algorithm that
/// fails is reported in its cell. Cells are worked out side by side, run by run; the results are the same with any
/// number of threads. `algorithms`: those of the experiment, which is checked.
///
/// Memory: all data sets as they were read, and of at most one run for each thread its RunSplits; in each thread what a
/// fit takes, and an inner fold where there is something to choose.
/// At the end the best one is fitted to all rows, if a model is wanted; if that fails, the results are there all the
/// same. Throws InputError if data or a journal cannot be read, CellsMissing if those to be merged do not hold all;
/// Stopped if the reporter said so, and then the journal keeps what was finished.
Comparison run_experiment(const Experiment& experiment, const std::vector<Algorithm>& algorithms,
                          const Destination& destination, const Threads& threads, const Reporter& reporter);

}  // namespace maha::experiment
