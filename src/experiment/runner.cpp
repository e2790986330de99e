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
#include "experiment/results/cell_keys.hpp"
#include "experiment/results/merged_journals.hpp"
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

  Comparison run(const Destination& to) {
    std::vector<Job> jobs;
    if (to.merged.empty()) {
      jobs = open_jobs(to);
    } else {
      merge(to.merged);
    }
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
    if (to.model) add_best(done);
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

  /// What cells of a journal say was chosen is one of the values to choose from.
  void check_choices(const std::string& journal, const std::vector<Cell>& cells) const {
    for (const Cell& cell : cells) {
      const std::vector<Setup> setups = algorithms_[static_cast<std::size_t>(cell.algorithm)].setups();
      const auto same = [&](const Setup& setup) { return setup.choice == cell.chosen; };
      if (std::any_of(setups.begin(), setups.end(), same)) continue;
      throw InputError(journal + ": " + in_quotes(cell.chosen) + " is no choice of " +
                       results_.algorithm_of(cell).name);
    }
  }

  void warn_of_other_data(const std::string& journal, const JournalCells& cells) const {
    for (const auto& [name, count] : cells.other_data) {
      reporter_.warn(journal + ": the data of " + name +
                     " have changed, or are read otherwise: what it holds of them does not count (" +
                     counted(count, "cell") + ")");
    }
  }

  void note_taken(std::size_t taken, const std::string& from, std::size_t of_others) const {
    if (taken == 0 && of_others == 0) return;
    reporter_.note(counted(taken, "cell") + " taken from " + from +
                   (of_others > 0
                        ? "; " + std::to_string(of_others) + (of_others == 1 ? " is" : " are") + " of other comparisons"
                        : ""));
  }

  /// Fills all cells from journals.
  void merge(const std::vector<JournalText>& journals) {
    const JournalReader reader(results_);
    MergedJournals merged(results_);
    std::size_t of_others = 0;
    for (const JournalText& journal : journals) {
      const JournalCells cells = journal.cells(reader);
      check_choices(journal.name, cells.known);
      warn_of_other_data(journal.name, cells);
      if (cells.of_others > 0 && cells.known.empty() && cells.failed.empty())
        reporter_.warn(journal.name + ": all that it holds is of other comparisons");
      if (journal.cut_off()) reporter_.warn(journal.name + ": the last line is cut off, and its cell does not count");
      of_others += cells.of_others;
      merged.add(journal.name, cells);
    }
    note_taken(merged.size(), counted(journals.size(), "journal"), of_others);
    results_.cells = merged.cells();
  }

  /// The cells that are dealt to this run and that the journal does not hold, run by run, so that few runs are in work
  /// at a time; those that it holds are filled.
  std::vector<Job> open_jobs(const Destination& to) {
    const auto key = [](const Cell& cell) { return std::tuple(cell.dataset, cell.run, cell.algorithm); };
    std::map<std::tuple<Index, Index, Index>, const Cell*> known;
    if (to.journal) {
      const JournalCells& cells = journal_.emplace(*to.journal, results_, to.shard).cells();
      check_choices(*to.journal, cells.known);
      warn_of_other_data(*to.journal, cells);
      for (const Cell& cell : cells.known) known[key(cell)] = &cell;
    }
    const CellKeys keys(results_);
    std::map<std::tuple<Index, Index, Index>, Cell*> open;
    std::size_t taken = 0;
    for (Cell& cell : results_.cells) {
      if (to.shard && shard_of(keys.of(cell), to.shard->of) != to.shard->number) continue;
      const auto found = known.find(key(cell));
      if (found == known.end()) {
        open[key(cell)] = &cell;
      } else {
        cell = *found->second;
        ++taken;
      }
    }
    if (to.shard) {
      reporter_.note("shard " + to.shard->text() + " has " + std::to_string(taken + open.size()) + " of " +
                     counted(results_.cells.size(), "cell"));
    }
    if (to.journal) note_taken(taken, "the journal", journal_->cells().of_others);
    return jobs_of(open);
  }

  std::vector<Job> jobs_of(const std::map<std::tuple<Index, Index, Index>, Cell*>& open) const {
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
  return runner.run(destination);
}

}  // namespace maha::experiment
