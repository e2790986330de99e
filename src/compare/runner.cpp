#include "compare/runner.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>
#include <tuple>

#include "cli/interrupt.hpp"
#include "cli/live_line.hpp"
#include "compare/evaluate.hpp"
#include "compare/journal_file.hpp"
#include "core/error.hpp"
#include "core/text.hpp"
#include "data/experiment/experiment_json.hpp"
#include "data/table/utf8.hpp"
#include "neighbors/kernels/choice.hpp"

namespace maha::compare {
namespace {

class Runner {
 public:
  Runner(const Experiment& experiment, cli::App& app) : app_(app), line_(app) {
    check(experiment);
    kernel_asked_for();  // refuses here what would fail in every cell
    results_.experiment = experiment;
    for (const AlgorithmChoice& choice : experiment.algorithms) {
      algorithms_.emplace_back(choice, experiment.protocol.preprocessing);
    }
    for (const DataSet& set : experiment.datasets) {
      results_.datasets.push_back(data_.emplace_back(app, set, experiment.protocol).facts());
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
        if (is_utf8(run.fold)) continue;
        throw InputError(results_.experiment.datasets[s].file + ": the fold " + in_quotes(run.fold) +
                         " is not UTF-8, which JSON must be: iconv -f latin1 -t UTF-8");
      }
    }
  }

  Results run(const std::optional<std::string>& journal) {
    if (journal) {
      journal_.emplace(*journal, results_);
      check_choices(*journal);
    }
    const std::vector<Cell*> open = open_cells();
    to_do_ = open.size();
    cli::listen_for_interrupt();
    line_.start();
    const Index jobs = static_cast<Index>(open.size());
    const Threads& threads = app_.threads();
    if (jobs < threads.count()) {  // so few that the threads are of more use inside of each
      for (Cell* cell : open) run(*cell, threads);
    } else {
      threads.for_tiles(jobs, [&](Index job) { run(*open[static_cast<std::size_t>(job)], Threads()); });
    }
    line_.clear();
    if (cli::interrupt() != 0) throw cli::Exit{128 + cli::interrupt()};
    say_warnings();
    return std::move(results_);
  }

 private:
  /// What cells of the journal say was chosen is one of the values to choose from.
  void check_choices(const std::string& journal) const {
    for (const Cell& cell : journal_->cells()) {
      const auto& variants = algorithms_[static_cast<std::size_t>(cell.algorithm)].variants();
      const auto same = [&](const Variant& variant) { return variant.choice() == cell.chosen; };
      if (std::any_of(variants.begin(), variants.end(), same)) continue;
      throw InputError(journal + ": " + in_quotes(cell.chosen) + " is no choice of " +
                       results_.algorithm_of(cell).name);
    }
  }

  /// The cells that the journal does not hold; the others are filled.
  std::vector<Cell*> open_cells() {
    const auto key = [](const Cell& cell) { return std::tuple(cell.dataset, cell.algorithm, cell.run); };
    std::map<std::tuple<Index, Index, Index>, const Cell*> known;
    if (journal_) {
      for (const Cell& cell : journal_->cells()) known[key(cell)] = &cell;
    }
    std::vector<Cell*> open;
    for (Cell& cell : results_.cells) {
      const auto found = known.find(key(cell));
      if (found == known.end()) {
        open.push_back(&cell);
      } else {
        cell = *found->second;
      }
    }
    if (!known.empty()) app_.note(std::to_string(known.size()) + " cells taken from the journal");
    return open;
  }

  void run(Cell& cell, const Threads& threads) {
    if (cli::interrupt() != 0) return;
    const auto stop = [] { return cli::interrupt() != 0; };
    const Run run{threads, [&](const Progress&) { return !stop(); }, stop};
    try {
      const SplitData& data = data_[static_cast<std::size_t>(cell.dataset)];
      evaluate(algorithms_[static_cast<std::size_t>(cell.algorithm)], data.parts(cell.run),
               results_.experiment.protocol, run, cell);
    } catch (const Stopped&) {
      return;
    } catch (const InputError& e) {
      cell.failure = e.what();
    } catch (const std::bad_alloc&) {
      cell.failure = "not enough memory";
    }
    const std::lock_guard lock(mutex_);
    if (journal_) journal_->append(cell);
    show_progress(cell);
  }

  void show_progress(const Cell& last) {
    ++done_;
    if (!line_.due()) return;
    std::string text = std::to_string(done_) + " of " + std::to_string(to_do_) + " runs, " +
                       results_.algorithm_of(last).name + " on " + results_.dataset_of(last).name;
    const double left = line_.seconds() * static_cast<double>(to_do_ - done_) / static_cast<double>(done_);
    if (left >= 1) text += ", about " + std::to_string(static_cast<long>(left)) + " s left";
    line_.show(text);
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
      app_.warn(results_.experiment.datasets[static_cast<std::size_t>(set)].name + ", " +
                results_.experiment.algorithms[static_cast<std::size_t>(algorithm)].name + ": " + text +
                (runs > 1 ? " (" + std::to_string(runs) + " runs)" : ""));
    }
  }

  cli::App& app_;
  cli::LiveLine line_;
  Results results_;
  std::deque<Algorithm> algorithms_;
  std::deque<SplitData> data_;
  std::optional<JournalFile> journal_;
  std::mutex mutex_;
  std::size_t to_do_ = 0, done_ = 0;
};

}  // namespace

Results run_experiment(const Experiment& experiment, cli::App& app, const std::optional<std::string>& journal,
                       bool as_json) {
  if (as_json || journal) require_utf8(experiment);
  Runner runner(experiment, app);
  if (as_json) runner.require_utf8_folds();
  return runner.run(journal);
}

}  // namespace maha::compare
