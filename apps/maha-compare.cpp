#include "cli/app.hpp"
#include "cli/experiment/app_run.hpp"
#include "core/error.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app("maha-compare");
  std::string output = "-";
  std::optional<std::string> times, best;
  std::string (*format)(const experiment::Results&) = experiment::results_text;
  cli::ExperimentOptions options(app);
  app.choice("--format", format,
             {{"text", experiment::results_text},
              {"md", experiment::results_markdown},
              {"csv", experiment::results_csv},
              {"tex", experiment::results_tex},
              {"json", experiment::results_json}},
             "a table for terminals, in Markdown or LaTeX, every run as CSV, or all as JSON");
  app.output(output);
  app.output("--times", times, "write how long each run took to this CSV file");
  cli::JournalOptions journals(app);
  app.output("--best", best, "fit the best algorithm to all rows of the data set, and write its model to this file");
  app.example("maha-compare -a euclidean -a cov -a lmnn --folds 5 --standardize datasets/iris.csv datasets/wine.csv");
  app.example("maha-compare -a euclidean -a 'lmnn:k=5,push-weight=0.3' --test 0.3 --repeats 10 < datasets/wine.csv");
  app.example(
      "maha-compare -a cov -a tuned=lmnn:k=2 --folds 3 datasets/iris.csv --format json | "
      "maha-compare --from - --format tex");
  app.example(
      "maha-compare --target progression -a euclidean -a 'mlkr:ridge=0.03|0.1' -k 5,10 --folds 3 --standardize "
      "datasets/diabetes.csv");
  app.example("maha-compare -a euclidean -a 'lmnn:push-weight=0.1|0.5|0.9' --folds 3 datasets/iris.csv --format md");
  app.example(
      "for i in 1 2; do maha-compare -a cov --shard $i/2 --journal part.$i datasets/iris.csv; done; "
      "maha-compare -a cov datasets/iris.csv --merge part.*");
  return app.run(argc, argv, [&] {
    journals.check();
    if (const auto earlier = options.earlier_results()) return app.out(output).write(format(*earlier));
    const experiment::Comparison done =
        cli::run_experiment(options, app, journals, {best, format == experiment::results_json});
    if (journals.shard()) return;  // what its journal holds is all
    if (times) app.out(*times).write(experiment::times_csv(done.results));
    app.out(output).write(format(done.results));
    if (!done.no_best.empty()) {  // what is at the model's path stays
      if (times) app.out(*times).commit();
      app.out(output).commit();
      throw InputError(done.no_best);
    }
    app.commit();
    if (done.results.all_failed()) throw cli::Exit{1};
  });
}
