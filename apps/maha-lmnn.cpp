#include "cli/app.hpp"
#include "cli/csv_input.hpp"
#include "cli/fit_control.hpp"
#include "cli/lmnn_learner.hpp"
#include "cli/model_io.hpp"
#include "data/number.hpp"

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

}  // namespace

int main(int argc, char** argv) {
  cli::App app("maha-lmnn", "Learn a metric by Large Margin Nearest Neighbor, with a proof of how good it is.");
  std::string file = "-", output = "-";
  std::optional<std::string> init, targets, dual;
  cli::LmnnLearner learner;
  app.option("file", file, "CSV file with labels; - is standard input", "FILE");
  app.output(output);
  learner.declare(app);
  app.option("--targets", targets, "choose target neighbours under this model's distance", "MODEL");
  app.option("--init", init, "start from this model; changes only the time it takes", "MODEL");
  app.option("--dual", dual, "write the multipliers that prove the bound, as CSV i,j,l,alpha", "FILE");
  cli::FitControl control(app);
  cli::CsvInput input(app, app, LabelUse::required);
  app.example("maha-lmnn -k 3 --standardize datasets/wine.csv -o lmnn.json");
  app.example("maha-lmnn --pca 30 --trace trace.csv --dual dual.csv datasets/digits.csv -o digits.json");
  app.example("maha-lmnn --standardize datasets/iris.csv | maha-transform -m - datasets/iris.csv | head -3");
  return app.run(argc, argv, [&] {
    app.check_inputs({file, init.value_or(""), targets.value_or("")});
    Table table = input.read(file);
    const std::vector<Index> row = table.row;
    learner.options.want_dual = dual.has_value();
    if (targets) learner.targets = cli::read_model(app, *targets);
    if (init) learner.init = cli::read_model(app, *init);
    const cli::Fitted fit = learner.fit(std::move(table), {}, control.run(learner.options.tolerance));
    for (const std::string& warning : fit.warnings) app.warn(warning);
    cli::write_model(fit.model, output);
    if (dual) write_dual(*dual, learner.dual(), row);
    control.finish(fit.report);
  });
}
