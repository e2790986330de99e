#include <map>
#include <tuple>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "page/report_page.hpp"

namespace maha::page {

void add_times(Part& part, const data::NamedColumns& times) {
  experiment::Results& results = part.results;
  using Key = std::tuple<std::string, std::string, std::string, std::string>;
  std::map<Key, experiment::Cell*> wanted;
  for (experiment::Cell& cell : results.cells) {
    const experiment::RunName& run = results.run_of(cell);
    wanted[{results.dataset_of(cell).name, results.algorithm_of(cell).name, std::to_string(run.repeat), run.fold}] =
        &cell;
  }
  const auto sets = times.texts("dataset"), algorithms = times.texts("algorithm"), repeats = times.texts("repeat"),
             folds = times.texts("fold");
  const Vector fit = times.numbers("fit_seconds"), test = times.numbers("test_seconds");
  for (Index row = 0; row < times.rows(); ++row) {
    const auto r = static_cast<std::size_t>(row);
    const auto found = wanted.find({sets[r], algorithms[r], repeats[r], folds[r]});
    if (found == wanted.end()) {
      times.fail(row, in_quotes(algorithms[r]) + " on " + in_quotes(sets[r]) + " in repeat " + in_quotes(repeats[r]) +
                          (folds[r].empty() ? "" : ", fold " + in_quotes(folds[r])) +
                          " is no run of the results, or is there twice");
    }
    if (!(fit(row) >= 0 && fit(row) < 1e15 && test(row) >= 0 && test(row) < 1e15))
      times.fail(row, "a time is a number of seconds, 0 or more");
    found->second->fit_seconds = fit(row);
    found->second->test_seconds = test(row);
    wanted.erase(found);
  }
  if (!wanted.empty()) {
    const auto& [set, algorithm, repeat, fold] = wanted.begin()->first;
    throw InputError(times.file() + ": has no time of " + in_quotes(algorithm) + " on " + in_quotes(set) +
                     " in repeat " + repeat + (fold.empty() ? "" : ", fold " + in_quotes(fold)));
  }
  part.has_times = true;
}

}  // namespace maha::page
