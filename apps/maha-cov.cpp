#include "cli/app.hpp"
#include "cli/csv_input.hpp"
#include "cli/model_io.hpp"
#include "core/error.hpp"
#include "data/number.hpp"
#include "learn/covariance.hpp"

using namespace maha;

namespace {

void set_shrinkage(CovarianceOptions& options, const std::string& text) {
  options.shrinkage = text == "ledoit-wolf" ? Shrinkage::ledoit_wolf
                      : text == "oas"       ? Shrinkage::oas
                                            : Shrinkage::fixed;
  if (options.shrinkage != Shrinkage::fixed) return;
  if (!parse_number(text, options.weight) || !(options.weight >= 0 && options.weight <= 1)) {
    throw UsageError("--shrinkage: '" + text + "' is none of ledoit-wolf|oas, and no number from 0 to 1");
  }
}

Report parameters(const CovarianceOptions& options, bool pseudo_inverse) {
  Report report;
  if (options.within) report.set("within", true);
  if (options.unbiased) report.set("unbiased", true);
  if (options.ridge > 0) report.set("ridge", options.ridge);
  if (options.shrinkage == Shrinkage::ledoit_wolf) report.set("shrinkage", "ledoit-wolf");
  if (options.shrinkage == Shrinkage::oas) report.set("shrinkage", "oas");
  if (options.shrinkage == Shrinkage::fixed) report.set("shrinkage", options.weight);
  if (pseudo_inverse) report.set("pseudo_inverse", true);
  return report;
}

}  // namespace

int main(int argc, char** argv) {
  cli::App app("maha-cov", "M = inverse covariance of the rows: the distance of Mahalanobis, in one pass.");
  std::string file = "-", output = "-";
  CovarianceOptions options;
  bool pseudo_inverse = false;
  app.option("file", file, "CSV file; - is standard input", "FILE");
  app.output(output);
  app.flag("--within", options.within, "covariance within classes, each row about the mean of its class");
  app.flag("--unbiased", options.unbiased, "divide by n - 1, within classes by n - classes (default: by n)");
  app.custom("--shrinkage", "shrink towards a multiple of the identity, by a formula or by this weight",
             "ledoit-wolf|oas|VALUE", [&](const std::string& text) { set_shrinkage(options, text); });
  app.option("--ridge", options.ridge, "add this multiple of the mean variance to each variance");
  app.flag("--pseudo-inverse", pseudo_inverse, "no warning where a singular covariance gets its pseudo-inverse");
  cli::preprocessing_options(app, options.preprocessing);
  cli::CsvInput input(app, app, LabelUse::optional);
  app.example("maha-cov datasets/wine.csv -o cov.json");
  app.example("maha-cov --within --shrinkage ledoit-wolf --standardize datasets/wdbc.csv -o within.json");
  app.example("cut -d, -f1-5 datasets/wine.csv | maha-cov --unlabeled > cov.json");
  return app.run(argc, argv, [&] {
    if (!(options.ridge >= 0)) throw UsageError("--ridge: must be at least 0");
    if (options.within && input.request.unlabeled)
      throw UsageError("--within: needs the labels that --unlabeled denies");
    if (options.within) input.request.labels = LabelUse::required;
    Model model;
    model.algorithm = "cov";
    model.parameters = parameters(options, pseudo_inverse);
    CovarianceResult fit;
    if (input.fills_missing()) {  // the means have to be known before the first row counts
      const Table table = input.read(file);
      fit = fit_covariance(table.X, table.y, options, {app.threads(), {}});
      cli::record_source(model, table.columns, table.fill, options.preprocessing);
    } else {
      TableReader reader = input.open(file);
      fit = fit_covariance(cli::labeled_rows(app, reader), options, {app.threads(), {}});
      cli::record_source(model, reader.columns(), {}, options.preprocessing);
    }
    model.metric = fit.metric;
    model.center = fit.center.transpose();
    model.take(fit.report);
    const auto name = [&](Index j) { return model.feature_name(j); };
    if (fit.singular() && !pseudo_inverse) app.warn(singularity(fit, name) + "; M is its pseudo-inverse");
    cli::write_model(model, output);
  });
}
