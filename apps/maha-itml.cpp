#include "cli/app.hpp"
#include "cli/csv_input.hpp"
#include "cli/fit_control.hpp"
#include "cli/model_io.hpp"
#include "core/error.hpp"
#include "data/pairs.hpp"
#include "learn/covariance.hpp"
#include "learn/itml.hpp"
#include "learn/preprocessing.hpp"

using namespace maha;

namespace {

void check(const ItmlOptions& options) {
  if (!(options.gamma > 0)) throw UsageError("--gamma: must be above 0");
  if (!(options.tolerance > 0)) throw UsageError("--tolerance: must be above 0");
  if (options.max_iterations < 1) throw UsageError("--max-iterations: must be at least 1");
  const auto percent = [](double value) { return value >= 0 && value <= 100; };
  if (!percent(options.similar_percentile)) throw UsageError("--similar-percentile: must lie in [0, 100]");
  if (!percent(options.dissimilar_percentile)) throw UsageError("--dissimilar-percentile: must lie in [0, 100]");
  if (!(options.similar_within.value_or(1) > 0)) throw UsageError("--similar-within: must be above 0");
  if (!(options.dissimilar_beyond.value_or(1) > 0)) throw UsageError("--dissimilar-beyond: must be above 0");
}

Report parameters(const ItmlOptions& options, const std::string& prior) {
  Report report;
  report.set("gamma", options.gamma).set("prior", prior == "covariance" || prior == "identity" ? prior : "model");
  if (!options.similar_within) report.set("similar_percentile", options.similar_percentile);
  if (!options.dissimilar_beyond) report.set("dissimilar_percentile", options.dissimilar_percentile);
  return report.set("tolerance", options.tolerance);
}

}  // namespace

int main(int argc, char** argv) {
  cli::App app("maha-itml", "Learn a metric near a prior one from similar and dissimilar pairs (Davis et al. 2007).");
  std::string file = "-", pairs_file, output = "-", prior = "identity";
  ItmlOptions options;
  PreprocessingOptions preprocessing;
  app.option("file", file, "CSV file of the rows; - is standard input", "FILE");
  app.option("--pairs", pairs_file, "CSV file i,j,similar: rows by number, or with --id by id; 1 or 0", "FILE");
  app.require("--pairs");
  app.output(output);
  app.option("--gamma", options.gamma, "weight of the pairs against the prior");
  app.option("--prior", prior, "metric to stay near to: the Euclidean, the inverse covariance, or a model",
             "identity|covariance|FILE");
  app.option("--similar-within", options.similar_within, "distance that similar pairs shall not exceed", "DISTANCE");
  app.option("--dissimilar-beyond", options.dissimilar_beyond, "distance that dissimilar pairs shall not fall below",
             "DISTANCE");
  app.option("--similar-percentile", options.similar_percentile,
             "or the percentile of the squared distances of rows, under the prior", "PERCENT");
  app.option("--dissimilar-percentile", options.dissimilar_percentile, "the same for dissimilar pairs", "PERCENT");
  app.option("--tolerance", options.tolerance, "relative gap to the optimum at which to stop");
  app.option("--max-iterations", options.max_iterations, "stop after so many");
  app.option("--seed", options.seed, "of the rows that percentiles are taken of, where there are many");
  cli::FitControl control(app);
  cli::preprocessing_options(app, preprocessing);
  cli::CsvInput input(app, app, LabelUse::optional);
  app.example("maha-pairs --count 2000 datasets/wine.csv > pairs.csv");
  app.example("maha-itml --standardize --pairs pairs.csv datasets/wine.csv -o itml.json");
  app.example("maha-itml --prior covariance --gamma 10 --pairs pairs.csv < datasets/wine.csv > itml.json");
  return app.run(argc, argv, [&] {
    check(options);
    const bool from_model = prior != "identity" && prior != "covariance";
    app.check_inputs({file, pairs_file, from_model ? prior : ""});
    std::optional<Model> earlier;
    if (from_model) earlier = cli::read_model(app, prior);
    const Table table = earlier ? input.read(file, cli::learned_columns(*earlier)) : input.read(file);
    const RowNames rows(table);
    app.about_to_read(pairs_file);
    const Pairs pairs = read_pairs(pairs_file, rows, rows, Answers::required, input.request.header).pairs;

    const Preprocessing prepared = fit_preprocessing(table.X, preprocessing, app.threads());
    const Matrix Z = prepared.apply(table.X, app.threads());
    if (earlier) options.prior = prepared.unfold(earlier->metric);
    if (prior == "covariance") options.prior = fit_covariance(Z, {}, {}, {app.threads(), {}}).metric;
    const ItmlResult result = fit_itml(Z, pairs, options, control.run(options.tolerance));
    for (const std::string& warning : result.warnings) app.warn(warning);

    Model model;
    model.algorithm = "itml";
    model.metric = prepared.fold(result.metric);
    model.parameters = parameters(options, prior);
    model.seed = static_cast<std::int64_t>(options.seed);
    model.rows = table.rows();
    model.take(result.report);
    cli::record_source(model, table.columns, table.fill, preprocessing);
    cli::write_model(model, output);
    control.finish(result.report);
  });
}
