#include "cli/app.hpp"
#include "cli/csv_input.hpp"
#include "cli/fit_control.hpp"
#include "cli/lmnn_learner.hpp"
#include "cli/model_io.hpp"
#include "core/error.hpp"
#include "data/table/triplets.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app("maha-lmnn", "Learn a metric by Large Margin Nearest Neighbor, with a proof of how good it is.");
  std::string file = "-", output = "-";
  std::optional<std::string> init, targets, dual, triplets;
  Header triplets_header = Header::guess;
  cli::LmnnLearner learner;
  app.input("file", file, "CSV file with labels, or of the rows of triplets; - is standard input");
  app.output(output);
  app.add(learner.all_options());
  app.input("--triplets", triplets, "in place of labels: CSV file anchor,near,far, rows by number, or with --id by id");
  app.choice("--triplets-header", triplets_header, {{"yes", Header::yes}, {"no", Header::no}},
             "whether its first line is a header (default: found out)");
  app.input("--targets", targets, "choose target neighbours under this model's distance", "MODEL");
  app.input("--init", init, "start from this model; changes only the time it takes", "MODEL");
  app.output("--dual", dual, "write the multipliers that prove the bound, as CSV i,j,l,alpha");
  cli::FitControl control(app);
  cli::CsvInput input(app, app, LabelUse::optional);
  app.example("maha-lmnn -k 3 --standardize datasets/wine.csv -o lmnn.json");
  app.example("maha-lmnn --pca 30 --trace trace.csv --dual dual.csv datasets/digits.csv -o digits.json");
  app.example("awk 'BEGIN { for (r = 1; r < 59; ++r) print r \",\" r + 1 \",\" r + 60 }' > triplets.csv");
  app.example("maha-lmnn --triplets triplets.csv --standardize datasets/wine.csv -o near.json");
  app.example("maha-lmnn --standardize datasets/iris.csv | maha-transform -m - datasets/iris.csv | head -3");
  return app.run(argc, argv, [&] {
    learner.check();
    if (triplets) {
      learner.check_for_triplets();
      if (targets) throw UsageError("--targets: there are no target neighbours with --triplets");
    } else {
      if (input.request.unlabeled) throw UsageError("--unlabeled: there must be labels, or --triplets FILE");
      if (triplets_header != Header::guess) throw UsageError("--triplets-header: goes with --triplets FILE");
      input.request.labels = LabelUse::required;
    }
    Table table = input.read(file);
    if (triplets) {
      app.about_to_read(*triplets);
      learner.triplets = read_triplets(*triplets, RowNames(table), triplets_header, input.companion());
    }
    const std::vector<Index> row = table.row;
    learner.options.want_dual = dual.has_value();
    if (targets) learner.targets = cli::read_model(app, *targets, table.columns);
    if (init) learner.init = cli::read_model(app, *init, table.columns);
    const cli::Fitted fit = cli::fit_file(learner, std::move(table), {}, control.run(learner.options.tolerance));
    cli::write_fitted(app, fit, output);
    if (dual) write_multipliers(app.out(*dual), learner.dual(), row);
    control.finish(fit.report);
  });
}
