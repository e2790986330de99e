#include "cli/app.hpp"
#include "compare/experiment_options.hpp"
#include "compare/runner.hpp"
#include "core/error.hpp"
#include "data/output.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app("maha-compare", "Compare algorithms on data sets: accuracy of k-NN, ranks, and what is chance.");
  std::string output = "-";
  std::optional<std::string> times, journal;
  std::string (*format)(const Results&) = results_text;
  compare::ExperimentOptions options(app);
  app.choice("--format", format,
             {{"text", results_text}, {"md", results_markdown}, {"csv", results_csv}, {"json", results_json}},
             "a table for terminals or in Markdown, every run as CSV, or all as JSON");
  app.output(output);
  app.option("--times", times, "write how long each run took to this CSV file", "FILE");
  app.option("--journal", journal, "append each finished run to this file; a rerun goes on where it stopped", "FILE");
  app.example("maha-compare -a euclidean -a cov -a lmnn --folds 5 --standardize datasets/iris.csv datasets/wine.csv");
  app.example("maha-compare -a euclidean -a 'lmnn:k=5,push-weight=0.3' --test 0.3 --repeats 10 < datasets/wine.csv");
  app.example("maha-compare -a euclidean -a 'lmnn:push-weight=0.1|0.5|0.9' --folds 3 datasets/iris.csv --format md");
  return app.run(argc, argv, [&] {
    if (times == output) throw UsageError("--times and -o name the same file");
    if (journal == "-") throw UsageError("--journal: standard output takes the result; name a file");
    if (journal && (journal == output || journal == times)) throw UsageError("--journal: another output has that name");
    const Experiment experiment = options.experiment();
    Output table(output);  // before the work, so that a folder that is missing is found now
    std::optional<Output> timing;
    if (times) timing.emplace(*times);
    const Results results = compare::run_experiment(experiment, app, journal);
    if (timing) timing->write(times_csv(results));
    if (timing) timing->commit();
    table.write(format(results));
    table.commit();
    if (results.all_failed()) throw cli::Exit{1};
  });
}
