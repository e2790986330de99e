#include "experiment/runner.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>
#include <tuple>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/text.hpp"
#include "data/table/utf8.hpp"
#include "experiment/evaluate.hpp"
#include "experiment/results/journal_file.hpp"
#include "neighbors/kernels/choice.hpp"

namespace maha::experiment {
namespace {

/// A cell to be worked out, and the rows of its run.
struct Job {
  Cell* cell;
  std::shared_ptr<RunSplits> splits;
};

class Runner {
 public:
  Runner(const Experiment& experiment, const std::vector<Algorithm>& algorithms, const Threads& threads,
         const Reporter& reporter)
      : algorithms_(algorithms), threads_(threads), reporter_(reporter) {
    neighbors::kernel_asked_for();  // refuses here what would fail in every cell
    results_.experiment = experiment;
    for (const DataSet& set : experiment.datasets) {
      results_.datasets.push_back(data_.emplace_back(set, experiment.protocol, threads, reporter).facts());
    }
    for (std::size_t s = 0; s < data_.size(); ++s) {
      for (std::size_t a = 0; a < algorithms_.size(); ++a) {
        for (std::size_t run = 0; run < results_.datasets[s].runs.size(); ++run) {
          Cell& cell = results_.cells.emplace_back();
          std::tie(cell.dataset, cell.algorithm, cell.run) = std::tuple(s, a, run);
        }
      }
    }
  }

  void require_utf8_folds() const {
    for (std::size_t s = 0; s < data_.size(); ++s) {
      for (const RunName& run : results_.datasets[s].runs) {
        if (data::is_utf8(run.fold)) continue;
        throw InputError(results_.experiment.datasets[s].file + ": the fold " + in_quotes(run.fold) +
                         " is not UTF-8, which JSON must be: iconv -f latin1 -t UTF-8");
      }
    }
  }

  /// A model names the columns.
  void require_utf8_names() const {
    data::require_utf8_names(data_.front().whole().columns, data_.front().whole().name);
  }

  Comparison run(const std::optional<std::string>& journal, bool model) {
    if (journal) {
      journal_.emplace(*journal, results_);
      check_choices(*journal);
      say_of_journal(*journal);
    }
    std::vector<Job> jobs = open_jobs();
    to_do_ = jobs.size();
    reporter_.begin();
    const auto count = static_cast<Index>(jobs.size());
    if (count < threads_.count()) {  // so few that the threads are of more use inside of each
      for (Job& job : jobs) run(job, threads_);
    } else {
      threads_.for_tiles(count, [&](Index j) { run(jobs[static_cast<std::size_t>(j)], Threads()); });
    }
    reporter_.end();
    if (reporter_.stop_asked()) throw RunStopped();
    say_warnings();
    Comparison done;
    if (model) add_best(done);
    done.results = std::move(results_);
    return done;
  }

 private:
  void add_best(Comparison& done) const {
    try {
      done.best = fit_best(results_, algorithms_, data_.front().filled(), run_with(threads_));
    } catch (const InputError& e) {
      done.no_best = e.what();
    } catch (const std::bad_alloc&) {
      done.no_best = "--best: not enough memory to fit to all rows";
    }
  }

  /// What cells of the journal say was chosen is one of the values to choose from.
  void check_choices(const std::string& journal) const {
    for (const Cell& cell : journal_->cells().known) {
      const std::vector<Setup> setups = algorithms_[static_cast<std::size_t>(cell.algorithm)].setups();
      const auto same = [&](const Setup& setup) { return setup.choice == cell.chosen; };
      if (std::any_of(setups.begin(), setups.end(), same)) continue;
      throw InputError(journal + ": " + in_quotes(cell.chosen) + " is no choice of " +
                       results_.algorithm_of(cell).name);
    }
  }

  void say_of_journal(const std::string& journal) const {
    const JournalCells& cells = journal_->cells();
    for (const auto& [name, count] : cells.other_data) {
      reporter_.warn(journal + ": the data of " + name +
                     " have changed, or are read otherwise: what it holds of them does not count (" +
                     counted(count, "cell") + ")");
    }
    if (cells.known.empty() && cells.of_others == 0) return;
    reporter_.note(counted(cells.known.size(), "cell") + " taken from the journal" +
                   (cells.of_others > 0 ? "; " + std::to_string(cells.of_others) +
                                              (cells.of_others == 1 ? " is" : " are") + " of other comparisons"
                                        : ""));
  }

  /// The cells that the journal does not hold, run by run, so that few runs are in work at a time; the others are
  /// filled.
  std::vector<Job> open_jobs() {
    const auto key = [](const Cell& cell) { return std::tuple(cell.dataset, cell.run, cell.algorithm); };
    std::map<std::tuple<Index, Index, Index>, const Cell*> known;
    if (journal_) {
      for (const Cell& cell : journal_->cells().known) known[key(cell)] = &cell;
    }
    std::map<std::tuple<Index, Index, Index>, Cell*> open;
    for (Cell& cell : results_.cells) {
      const auto found = known.find(key(cell));
      if (found == known.end()) {
        open[key(cell)] = &cell;
      } else {
        cell = *found->second;
      }
    }
    std::vector<Job> jobs;
    for (const auto& entry : open) {
      Cell* const cell = entry.second;
      const bool same =
          !jobs.empty() && jobs.back().cell->dataset == cell->dataset && jobs.back().cell->run == cell->run;
      jobs.push_back({cell, same ? jobs.back().splits : splits_of(*cell)});
    }
    return jobs;
  }

  std::shared_ptr<RunSplits> splits_of(const Cell& cell) const {
    return std::make_shared<RunSplits>(data_[static_cast<std::size_t>(cell.dataset)], cell.run,
                                       results_.experiment.protocol);
  }

  Run run_with(const Threads& threads) const {
    return {threads, [this](const Progress&) { return !reporter_.stop_asked(); }, reporter_.stop_asked};
  }

  void run(Job& job, const Threads& threads) {
    const std::shared_ptr<RunSplits> splits = std::move(job.splits);  // let go here
    if (reporter_.stop_asked()) return;
    Cell& cell = *job.cell;
    try {
      evaluate(algorithms_[static_cast<std::size_t>(cell.algorithm)], *splits, results_.experiment.protocol,
               run_with(threads), cell);
    } catch (const RunStopped&) {
      return;
    } catch (const InputError& e) {
      cell.failure = e.what();
    } catch (const std::bad_alloc&) {
      cell.failure = "not enough memory";
    }
    const std::lock_guard lock(telling_);
    if (journal_) journal_->append(results_, cell);
    reporter_.done({results_.dataset_of(cell), results_.algorithm_of(cell), ++done_, to_do_});
  }

  /// Each once for a data set and an algorithm, with the number of runs that it is of.
  void say_warnings() const {
    std::map<std::tuple<Index, Index, std::string>, int> said;
    for (const Cell& cell : results_.cells) {
      for (const std::string& warning : cell.warnings) ++said[{cell.dataset, cell.algorithm, warning}];
      if (cell.failed()) ++said[{cell.dataset, cell.algorithm, "failed: " + cell.failure}];
    }
    for (const auto& [key, runs] : said) {
      const auto& [set, algorithm, text] = key;
      reporter_.warn(results_.experiment.datasets[static_cast<std::size_t>(set)].name + ", " +
                     results_.experiment.algorithms[static_cast<std::size_t>(algorithm)].name + ": " + text +
                     (runs > 1 ? " (" + std::to_string(runs) + " runs)" : ""));
    }
  }

  const std::vector<Algorithm>& algorithms_;
  const Threads& threads_;
  const Reporter& reporter_;
  Results results_;
  std::deque<SplitData> data_;
  std::optional<JournalFile> journal_;
  std::mutex telling_;
  std::size_t to_do_ = 0, done_ = 0;
};

}  // namespace

Comparison run_experiment(const Experiment& experiment, const std::vector<Algorithm>& algorithms,
                          const Destination& destination, const Threads& threads, const Reporter& reporter) {
  Runner runner(experiment, algorithms, threads, reporter);
  if (destination.as_json) runner.require_utf8_folds();
  if (destination.model) runner.require_utf8_names();
  return runner.run(destination.journal, destination.model);
}

}  // namespace maha::experiment
