#include "cli/app.hpp"
#include "cli/csv_input.hpp"
#include "cli/fit_control.hpp"
#include "cli/itml_learner.hpp"
#include "cli/model_io.hpp"
#include "cli/table_with_pairs.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app("maha-itml", "Learn a metric near a prior one from similar and dissimilar pairs (Davis et al. 2007).");
  std::string output = "-";
  std::optional<std::string> init;
  cli::ItmlLearner learner;
  learner.reads_models = true;
  cli::CsvInput input(app, app, LabelUse::optional);
  cli::TableWithPairs data(app, input);
  app.add(learner.all_options());
  app.input("--init", init, "start from this model; changes only the time it takes", "MODEL");
  cli::FitControl control(app);
  app.output(output);
  app.example("maha-pairs --count 2000 datasets/wine.csv > pairs.csv");
  app.example("maha-itml --standardize --pairs pairs.csv datasets/wine.csv -o itml.json");
  app.example("maha-itml --prior covariance --gamma 10 --pairs pairs.csv < datasets/wine.csv > itml.json");
  return app.run(argc, argv, [&] {
    learner.check();
    const std::string prior = learner.options.prior_is_model() ? learner.options.prior_name : "";
    app.check_inputs({data.file(), data.pairs_file(), prior, init.value_or("")});
    if (!prior.empty()) learner.earlier = cli::read_model(app, prior);
    data.read(learner.earlier ? &*learner.earlier : nullptr);
    if (init) learner.init = cli::read_model(app, *init, data.table.columns);
    const Run run = control.run(learner.options.tolerance);
    const cli::Fitted fit = cli::fit_file(learner, std::move(data.table), data.pairs, run);
    cli::write_fitted(app, fit, output);
    control.finish(fit.report);
  });
}
