#include "experiment/results/results.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/text/number.hpp"
#include "io/text/csv_writer.hpp"

namespace maha::experiment {
namespace {

/// dataset,algorithm,repeat,fold
std::vector<std::string> key_of(const Results& results, const Cell& cell) {
  const RunName& run = results.run_of(cell);
  return {results.dataset_of(cell).name, results.algorithm_of(cell).name, std::to_string(run.repeat), run.fold};
}

}  // namespace

bool Results::all_failed() const {
  return std::all_of(cells.begin(), cells.end(), [](const Cell& cell) { return cell.failed(); });
}

eval::AccuracyComparison statistics_of(const Results& results) {
  std::vector<eval::RunErrors> sets;
  for (const DataSetFacts& facts : results.datasets) {
    eval::RunErrors& set = sets.emplace_back();
    const std::size_t algorithms = results.experiment.algorithms.size(), runs = facts.runs.size();
    if (results.experiment.regression()) {
      set.rmse.assign(algorithms, std::vector<double>(runs, std::numeric_limits<double>::quiet_NaN()));
    } else {
      set.errors.assign(algorithms, std::vector<Index>(runs, eval::RunErrors::kFailed));
    }
    set.rows.assign(facts.runs.size(), 0);
  }
  std::vector<double> train(sets.size()), test(sets.size());
  for (const Cell& cell : results.cells) {
    const auto s = static_cast<std::size_t>(cell.dataset);
    train[s] += static_cast<double>(cell.train_rows);
    test[s] += static_cast<double>(cell.test_rows);
    if (cell.failed()) continue;
    const auto a = static_cast<std::size_t>(cell.algorithm), r = static_cast<std::size_t>(cell.run);
    if (results.experiment.regression()) {
      sets[s].rmse[a][r] = cell.rmse;
    } else {
      sets[s].errors[a][r] = cell.errors;
    }
    sets[s].rows[static_cast<std::size_t>(cell.run)] = cell.test_rows;
  }
  for (std::size_t s = 0; s < sets.size(); ++s) sets[s].test_share = train[s] > 0 ? test[s] / train[s] : 0;
  return eval::compare_accuracies(sets);
}

std::string results_csv(const Results& results) {
  const bool regression = results.experiment.regression();
  std::string text = std::string("dataset,algorithm,repeat,fold,train_rows,test_rows,") +
                     (regression ? "rmse" : "errors,accuracy") + ",chosen,failure\n";
  for (const Cell& cell : results.cells) {
    std::vector<std::string> fields = key_of(results, cell);
    fields.push_back(std::to_string(cell.train_rows));
    fields.push_back(std::to_string(cell.test_rows));
    if (!regression) fields.push_back(cell.failed() ? "" : std::to_string(cell.errors));
    fields.push_back(cell.failed() ? "" : format_number(regression ? cell.rmse : cell.accuracy()));
    fields.push_back(cell.chosen);
    fields.push_back(cell.failure);
    text += io::csv_line(fields);
  }
  return text;
}

std::string times_csv(const Results& results) {
  std::string text = "dataset,algorithm,repeat,fold,fit_seconds,test_seconds\n";
  for (const Cell& cell : results.cells) {
    std::vector<std::string> fields = key_of(results, cell);
    fields.push_back(format_number(cell.fit_seconds));
    fields.push_back(format_number(cell.test_seconds));
    text += io::csv_line(fields);
  }
  return text;
}

}  // namespace maha::experiment
