#include "cli/app.hpp"
#include "cli/csv_input.hpp"
#include "cli/fit_control.hpp"
#include "cli/model_io.hpp"
#include "core/error.hpp"
#include "data/pairs.hpp"
#include "learn/mmc.hpp"
#include "learn/preprocessing.hpp"

using namespace maha;

namespace {

void check(const MmcOptions& options) {
  if (!(options.tolerance > 0)) throw UsageError("--tolerance: must be above 0");
  if (options.max_iterations < 1) throw UsageError("--max-iterations: must be at least 1");
  if (options.ridge && !(*options.ridge > 0)) throw UsageError("--ridge: must be above 0");
}

Report parameters(const MmcOptions& options) {
  Report report;
  if (options.diagonal) report.set("diagonal", true);
  report.set("tolerance", options.tolerance);
  if (options.ridge) report.set("ridge", *options.ridge);
  return report;
}

}  // namespace

int main(int argc, char** argv) {
  cli::App app("maha-mmc", "Learn a metric from similar and dissimilar pairs (Xing et al. 2002), certified.");
  std::string file = "-", pairs_file, output = "-";
  MmcOptions options;
  PreprocessingOptions preprocessing;
  app.option("file", file, "CSV file of the rows; - is standard input", "FILE");
  app.option("--pairs", pairs_file, "CSV file i,j,similar: rows by number, or with --id by id; 1 or 0", "FILE");
  app.require("--pairs");
  app.output(output);
  app.flag("--diagonal", options.diagonal, "weights of features alone");
  app.option("--ridge", options.ridge,
             "add this share of the similar pairs' mean scatter to it (default: 1e-6 if singular)");
  app.option("--tolerance", options.tolerance, "relative gap to the optimum at which to stop");
  app.option("--max-iterations", options.max_iterations, "stop after so many");
  cli::FitControl control(app);
  cli::preprocessing_options(app, preprocessing);
  cli::CsvInput input(app, app, LabelUse::optional);
  app.example("maha-pairs --count 2000 datasets/wine.csv > pairs.csv");
  app.example("maha-mmc --pairs pairs.csv datasets/wine.csv -o mmc.json");
  app.example("maha-mmc --diagonal --standardize --pairs pairs.csv < datasets/wine.csv > weights.json");
  return app.run(argc, argv, [&] {
    check(options);
    app.check_inputs({file, pairs_file});
    const Table table = input.read(file);
    const RowNames rows(table);
    app.about_to_read(pairs_file);
    const Pairs pairs = read_pairs(pairs_file, rows, rows, Answers::required, input.request.header).pairs;

    const Preprocessing prepared = fit_preprocessing(table.X, preprocessing, app.threads());
    const MmcResult result =
        fit_mmc(prepared.apply(table.X, app.threads()), pairs, options, control.run(options.tolerance));
    for (const std::string& warning : result.warnings) app.warn(warning);

    Model model;
    model.algorithm = "mmc";
    model.metric = prepared.fold(result.metric);
    model.parameters = parameters(options);
    model.rows = table.rows();
    model.take(result.report);
    cli::record_source(model, table.columns, table.fill, preprocessing);
    cli::write_model(model, output);
    control.finish(result.report);
  });
}
