#include "cli/app.hpp"
#include "cli/csv_input.hpp"
#include "cli/fit_control.hpp"
#include "cli/model_io.hpp"
#include "data/number.hpp"
#include "learn/lmnn.hpp"
#include "learn/preprocessing.hpp"

using namespace maha;

namespace {

/// The multipliers that prove the bound, rows by their number in the file.
void write_dual(const std::string& path, const std::vector<LmnnMultiplier>& dual, const std::vector<Index>& row) {
  Output out(path);
  out.write("i,j,l,alpha\n");
  for (const auto& [i, j, l, alpha] : dual) {
    std::string line = std::to_string(row[i]) + "," + std::to_string(row[j]) + "," + std::to_string(row[l]) + ",";
    append_number(line, alpha);
    out.write(line + "\n");
  }
  out.commit();
}

Report parameters(const LmnnOptions& options, const LmnnResult& fit) {
  Report report;
  report.set("neighbors", options.k);
  report.set("push_weight", options.push_weight);
  report.set("tolerance", options.tolerance);
  if (options.rank > 0) report.set("rank", options.rank);
  if (options.diagonal) report.set("diagonal", true);
  if (!fit.warnings.empty()) report.set("ridge", options.ridge);
  if (options.drop_small_classes) report.set("small_classes", "drop");
  if (options.target_space) report.set("targets", "model");
  return report;
}

}  // namespace

int main(int argc, char** argv) {
  cli::App app("maha-lmnn", "Learn a metric by Large Margin Nearest Neighbor, with a proof of how good it is.");
  std::string file = "-", output = "-";
  std::optional<std::string> init, targets, dual;
  LmnnOptions options;
  PreprocessingOptions preprocess;
  app.option("file", file, "CSV file with labels; - is standard input", "FILE");
  app.output(output);
  app.option("-k,--neighbors", options.k, "target neighbours of each row, in its class");
  app.option("--push-weight", options.push_weight, "weight of pushing other classes away, in (0, 1)");
  app.option("--tolerance", options.tolerance, "stop at this certified gap, relative to the objective");
  app.option("--max-iterations", options.max_iterations, "stop then, with the best model so far");
  app.option("--rank", options.rank, "learn a factor L with at most R rows, without a proof that it is the best", "R");
  app.flag("--diagonal", options.diagonal, "learn a weight for each feature only");
  app.option("--ridge", options.ridge, "of the mean diagonal, added where the targets' scatter is singular");
  app.choice("--small-classes", options.drop_small_classes, {{"error", false}, {"drop", true}},
             "what to do about classes with no more rows than neighbours");
  app.option("--targets", targets, "choose target neighbours under this model's distance", "MODEL");
  app.option("--init", init, "start from this model; changes only the time it takes", "MODEL");
  app.option("--dual", dual, "write the multipliers that prove the bound, as CSV i,j,l,alpha", "FILE");
  cli::preprocessing_options(app, preprocess);
  cli::FitControl control(app);
  cli::CsvInput input(app, app, LabelUse::required);
  app.example("maha-lmnn -k 3 --standardize datasets/wine.csv -o lmnn.json");
  app.example("maha-lmnn --pca 30 --trace trace.csv --dual dual.csv datasets/digits.csv -o digits.json");
  app.example("maha-lmnn --standardize datasets/iris.csv | maha-transform -m - datasets/iris.csv | head -3");
  return app.run(argc, argv, [&] {
    app.check_inputs({file, init.value_or(""), targets.value_or("")});
    Table table = input.read(file);
    options.class_names = table.classes;
    options.want_dual = dual.has_value();
    const Preprocessing preprocessing = fit_preprocessing(table.X, preprocess, app.threads());
    if (targets) options.target_space = cli::read_model(app, *targets).transform(table.X, app.threads());
    if (init) options.init = preprocessing.unfold(cli::read_model(app, *init).metric);
    const Run run = control.run(options.tolerance);
    table.X = preprocessing.apply(table.X, app.threads());
    const LmnnResult fit = fit_lmnn(table.X, table.y, options, run);
    for (const std::string& warning : fit.warnings) app.warn(warning);
    Model model;
    model.metric = preprocessing.fold(fit.metric);
    model.algorithm = "lmnn";
    model.parameters = parameters(options, fit);
    model.take(fit.report);
    cli::record_source(model, table.columns, table.fill, preprocess);
    cli::write_model(model, output);
    if (dual) write_dual(*dual, fit.dual, table.row);
    control.finish(fit.report);
  });
}
