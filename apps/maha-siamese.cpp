#include "cli/app.hpp"
#include "cli/csv_input.hpp"
#include "cli/fit_control.hpp"
#include "cli/model_io.hpp"
#include "cli/siamese_learner.hpp"
#include "cli/table_with_pairs.hpp"
#include "core/error.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app("maha-siamese", "Learn an embedding from pairs of rows, alike or not: a small network or a linear map.");
  std::string output = "-";
  std::optional<std::string> init;
  cli::SiameseLearner learner;
  cli::CsvInput input(app, app, LabelUse::optional);
  cli::TableWithPairs data(app, input, "pairs drawn by label");
  app.output(output);
  app.add(learner.all_options());
  app.input("--init", init, "start from this model, with its widths", "MODEL");
  cli::FitControl control(app);
  app.example("maha-siamese --epochs 10 datasets/digits.csv -o siamese.json");
  app.example("maha-pairs --count 2000 datasets/wine.csv -o pairs.csv");
  app.example("maha-siamese --layers 16,4 --standardize --pairs pairs.csv datasets/wine.csv -o pairs.json");
  return app.run(argc, argv, [&] {
    learner.check();
    if (!data.has_pairs() && input.request.unlabeled) throw UsageError("--unlabeled goes with --pairs FILE");
    if (!data.has_pairs()) input.request.labels = LabelUse::required;
    if (init) learner.init = cli::read_model(app, *init);
    data.read(learner.init ? &*learner.init : nullptr);
    if (data.has_pairs()) data.require_both_kinds();
    if (!data.has_pairs()) cli::require_two_classes(data.table);
    const cli::Fitted fit = cli::fit_file(learner, std::move(data.table), data.pairs, control.run(0));
    cli::write_fitted(app, fit, output);
    control.finish(fit.report);
  });
}
