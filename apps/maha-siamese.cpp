#include "cli/app.hpp"
#include "cli/csv_input.hpp"
#include "cli/fit_control.hpp"
#include "cli/model_io.hpp"
#include "cli/siamese_learner.hpp"
#include "core/error.hpp"
#include "data/pairs.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app("maha-siamese", "Learn an embedding from pairs of rows, alike or not: a small network or a linear map.");
  std::string file = "-", output = "-";
  std::optional<std::string> pairs_file, init;
  cli::SiameseLearner learner;
  app.option("file", file, "CSV file of the rows; - is standard input", "FILE");
  app.option("--pairs", pairs_file,
             "CSV file i,j,similar: rows by number, or with --id by id; 1 or 0 (default: pairs drawn by label)",
             "FILE");
  app.output(output);
  learner.declare(app);
  app.option("--init", init, "start from this model, with its widths", "MODEL");
  cli::FitControl control(app);
  cli::CsvInput input(app, app, LabelUse::optional);
  app.example("maha-siamese --epochs 10 datasets/digits.csv -o siamese.json");
  app.example("maha-pairs --count 2000 datasets/wine.csv -o pairs.csv");
  app.example("maha-siamese --layers 16,4 --standardize --pairs pairs.csv datasets/wine.csv -o pairs.json");
  return app.run(argc, argv, [&] {
    learner.check();
    app.check_inputs({file, pairs_file.value_or(""), init.value_or("")});
    if (!pairs_file && input.request.unlabeled) throw UsageError("--unlabeled goes with --pairs FILE");
    if (!pairs_file) input.request.labels = LabelUse::required;
    if (init) learner.init = cli::read_model(app, *init);
    Table table = learner.init ? input.read(file, cli::learned_columns(*learner.init)) : input.read(file);
    Pairs pairs;
    if (pairs_file) {
      const RowNames rows(table);
      app.about_to_read(*pairs_file);
      pairs = read_pairs(*pairs_file, rows, rows, Answers::required, input.request.header).pairs;
    }
    const cli::Fitted fit = learner.fit(std::move(table), pairs, control.run(0));
    for (const std::string& warning : fit.warnings) app.warn(warning);
    cli::write_model(fit.model, output);
    control.finish(fit.report);
  });
}
