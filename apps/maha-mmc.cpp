#include "cli/app.hpp"
#include "cli/csv_input.hpp"
#include "cli/fit_control.hpp"
#include "cli/mmc_learner.hpp"
#include "cli/model_io.hpp"
#include "cli/table_with_pairs.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app("maha-mmc", "Learn a metric from similar and dissimilar pairs (Xing et al. 2002), certified.");
  std::string output = "-";
  std::optional<std::string> init;
  cli::MmcLearner learner;
  cli::CsvInput input(app, app, LabelUse::optional);
  cli::TableWithPairs data(app, input);
  app.add(learner.all_options());
  app.input("--init", init, "start from this model; changes only the time it takes", "MODEL");
  cli::FitControl control(app);
  app.output(output);
  app.example("maha-pairs --count 2000 datasets/wine.csv > pairs.csv");
  app.example("maha-mmc --pairs pairs.csv datasets/wine.csv -o mmc.json");
  app.example("maha-mmc --diagonal --standardize --pairs pairs.csv < datasets/wine.csv > weights.json");
  return app.run(argc, argv, [&] {
    learner.check();
    data.read();
    if (init) learner.init = cli::read_model(app, *init, data.table.columns);
    data.require_both_kinds();
    const Run run = control.run(learner.options.tolerance);
    const cli::Fitted fit = cli::fit_file(learner, std::move(data.table), data.pairs, run);
    cli::write_fitted(app, fit, output);
    control.finish(fit.report);
  });
}
