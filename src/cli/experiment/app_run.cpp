#include "cli/experiment/app_run.hpp"

#include "cli/interrupt.hpp"
#include "cli/live_line.hpp"
#include "core/text/names.hpp"
#include "experiment/evaluate.hpp"
#include "experiment/experiment_json.hpp"
#include "experiment/runner.hpp"

namespace maha::cli {
namespace {

void show(LiveLine& line, const experiment::CellDone& last) {
  if (!line.due()) return;
  std::vector<std::string> fields = {std::to_string(last.done) + " of " + std::to_string(last.to_do) + " runs"};
  const double left = line.seconds() * static_cast<double>(last.to_do - last.done) / static_cast<double>(last.done);
  if (left >= 1) fields.push_back("about " + duration(left) + " left");
  fields.push_back(last.algorithm.name + " on " + last.dataset.name);
  line.show(fields);
}

std::string names_of(const std::vector<experiment::AlgorithmChoice>& algorithms) {
  std::vector<std::string> names;
  for (const experiment::AlgorithmChoice& algorithm : algorithms) names.push_back(algorithm.name);
  return join(names);
}

experiment::Reporter reporter_of(App& app, LiveLine& line) {
  experiment::Reporter reporter;
  reporter.about_to_read = [&app](const std::string& path) { app.about_to_read(path); };
  reporter.was_read = [&app](const data::Table& table) {
    say_of_columns(app, table.name, table.columns);
    say_doubts(app, table);
    warn_of_skipped(app, table.name, table.rows(), table.rows_read);
  };
  reporter.warn = [&app](const std::string& text) { app.warn(text); };
  reporter.note = [&app](const std::string& text) { app.note(text); };
  reporter.begin = [&line] {
    listen_for_interrupt();
    line.start();
  };
  reporter.done = [&line](const experiment::CellDone& last) { show(line, last); };
  reporter.end = [&line] { line.clear(); };
  reporter.stop_asked = [] { return interrupt() != 0; };
  return reporter;
}

}  // namespace

experiment::Results run_experiment(ExperimentOptions& options, App& app, const std::optional<std::string>& journal,
                                   bool as_json) {
  const experiment::Experiment experiment = options.experiment();
  if (as_json || journal) experiment::require_utf8(experiment);
  const std::vector<experiment::Algorithm> algorithms = options.algorithms(experiment);
  if (options.all_algorithms()) app.note("no -a: compared are " + names_of(experiment.algorithms));
  LiveLine line(app);
  try {
    return experiment::run_experiment(experiment, algorithms, {journal, as_json}, app.threads(),
                                      reporter_of(app, line));
  } catch (const experiment::RunStopped&) {
    throw Exit{128 + interrupt()};
  }
}

}  // namespace maha::cli
