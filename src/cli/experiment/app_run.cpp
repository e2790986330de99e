#include "cli/experiment/app_run.hpp"

#include <filesystem>

#include "cli/inputs/model_io.hpp"
#include "cli/installation.hpp"
#include "cli/interrupt.hpp"
#include "cli/learner/fitted.hpp"
#include "cli/live_line.hpp"
#include "core/text/counted.hpp"
#include "core/text/names.hpp"
#include "experiment/evaluate.hpp"
#include "experiment/experiment_json.hpp"
#include "experiment/results/merged_journals.hpp"
#include "experiment/runner.hpp"

namespace maha::cli {
namespace {

void show(LiveLine& line, const experiment::CellDone& last) {
  if (!line.due()) return;
  std::vector<std::string> fields = {std::to_string(last.done) + " of " + counted(last.to_do, "run")};
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

/// Writes the model that the learner's own tool would write of that fit, and says what it is.
void write_best(App& app, const experiment::Results& results, experiment::FinalFit& best, const std::string& path) {
  const std::string& name = results.experiment.algorithms[static_cast<std::size_t>(best.algorithm)].name;
  const std::string model = path == "-" ? "the model" : path;
  app.note(model + " is of " + name + (best.setup.choice.empty() ? "" : " with " + best.setup.choice) +
           ", fitted to all " + std::to_string(best.rows) + " rows");
  if (best.beaten) app.warn(model + ": an algorithm that learns nothing is more accurate than " + name);
  const Fitted done = fitted(best.setup.variant->learner(), std::move(best.lesson), best.columns, best.fill, best.rows);
  for (const std::string& warning : done.warnings) app.warn(model + ": " + warning);
  write_model(app, done.model, path);
}

/// The command that works out what is missing, or the first shard of it, without what has no part in that.
std::string remedy(const ExperimentOptions& options, const experiment::CellsMissing& missing) {
  const std::string shard = missing.shard ? missing.shard->text() : "";
  const std::string journal = missing.journal == "standard input" ? "journal" : missing.journal;
  return (missing.shard ? "; for shard " + shard + " run: " : "; run: ") +
         options.command({"--merge", "--output", "--format", "--times", "--best", "--threads", "--quiet", "--verbose"},
                         (missing.shard ? "--shard " + shard + " " : "") + "--journal " + shell_word(journal));
}

}  // namespace

experiment::Comparison run_experiment(ExperimentOptions& options, App& app, const JournalOptions& journals,
                                      const RunOutputs& outputs) {
  const experiment::Experiment experiment = options.experiment();
  const std::optional<std::string>& journal = journals.journal();
  if (outputs.as_json || journal || journals.merges()) experiment::require_utf8(experiment);
  const std::vector<experiment::Algorithm> algorithms = options.algorithms(experiment, outputs.best.has_value());
  if (options.all_algorithms()) app.note("no -a: compared are " + names_of(experiment.algorithms));
  const experiment::Destination destination{journal, journals.shard(), journals.read_merged(), outputs.as_json,
                                            outputs.best.has_value()};
  LiveLine line(app);
  try {
    experiment::Comparison done =
        experiment::run_experiment(experiment, algorithms, destination, app.threads(), reporter_of(app, line));
    if (done.best) write_best(app, done.results, *done.best, *outputs.best);
    return done;
  } catch (const experiment::RunStopped&) {
    const bool kept = journal && std::filesystem::is_regular_file(*journal);  // and not in a pipe
    app.note(kept ? *journal + " keeps the finished runs: the same command goes on from there"
                  : "stopped: with --journal FILE, the same command goes on from the finished runs");
    throw Exit{128 + interrupt()};
  } catch (const experiment::CellsMissing& e) {
    throw InputError(e.what() + remedy(options, e));
  }
}

}  // namespace maha::cli
