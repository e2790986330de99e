#include "cli/about.hpp"
#include "cli/app.hpp"
#include "cli/csv_input.hpp"
#include "cli/fit_control.hpp"
#include "cli/model_io.hpp"
#include "cli/sampling_csv.hpp"
#include "cli/triplet_learner.hpp"
#include "core/error.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app("maha-triplet", "Learn an embedding from triplets of rows: a small network or a linear map.");
  std::string file = "-", output = "-";
  std::optional<std::string> init;
  bool report_sampling = false;
  cli::TripletLearner learner;
  app.input("file", file, "CSV file with labels; - is standard input");
  app.output(output);
  app.add(learner.all_options());
  app.input("--init", init, "start from this model, with its widths", "MODEL");
  app.flag("--report-sampling", report_sampling,
           "learn nothing; write how far the negatives of each sampler are, as CSV");
  cli::FitControl control(app);
  cli::CsvInput input(app, app, LabelUse::required);
  app.example("maha-triplet --epochs 10 datasets/digits.csv -o triplet.json");
  app.example("maha-triplet --report-sampling --init triplet.json datasets/digits.csv -o sampling.csv");
  app.example(
      "maha-triplet --layers 2 --standardize datasets/wine.csv | maha-transform -m - datasets/wine.csv | head -3");
  return app.run(argc, argv, [&] {
    learner.check();
    if (report_sampling && (!learner.options.normalize || control.asked())) {
      throw UsageError("--report-sampling goes without --no-normalize, --trace, --max-seconds, --require-converged");
    }
    if (init) learner.init = cli::read_model(app, *init);
    Table table = learner.init ? input.read(file, cli::learned_columns(*learner.init)) : input.read(file);
    cli::require_two_classes(table);
    if (report_sampling) {
      const std::string name = table.name;
      const SamplingReport report =
          cli::about(name, [&] { return learner.report_sampling(std::move(table), app.threads()); });
      app.note(cli::idle_summary(report));
      app.out(output).write(cli::sampling_csv(report));
      return;
    }
    const cli::Fitted fit = cli::fit_file(learner, std::move(table), {}, control.run(0));
    cli::write_fitted(app, fit, output);
    control.finish(fit.report);
  });
}
