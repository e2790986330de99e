#include "cli/app.hpp"
#include "cli/inputs/dialect_options.hpp"
#include "cli/inputs/model_io.hpp"
#include "cli/inputs/model_rows.hpp"
#include "cli/model/model_export.hpp"
#include "core/error.hpp"
#include "data/model/model_csv.hpp"
#include "data/model/model_json.hpp"
#include "data/model/model_summary.hpp"
#include "io/text/report_text.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app("maha-model");
  std::string file = "-", other, output = "-";
  std::optional<std::string> names;
  data::MetricForm form = data::MetricForm::M;
  Index dims = 0;
  bool json = false;
  data::CsvDialect dialect;
  const auto command = [&](const char* name, const char* help, std::function<void()> action,
                           const char* what = "model; - is standard input") -> cli::Options& {
    cli::Options& options = app.command(name, help, std::move(action));
    options.input("file", file, what);
    options.output(output);
    return options;
  };
  const auto with_json = [&](cli::Options& options) -> cli::Options& {
    options.flag("--json", json, "as one JSON object on one line");
    return options;
  };
  const auto read = [&] { return cli::read_model(app, file); };
  const auto write = [&](const std::string& object, const std::string& otherwise) {
    app.out(output).write(json ? object + "\n" : otherwise);
  };
  const auto lines = [&](const Report& report) { write(data::format_report(report), io::format_lines(report)); };
  with_json(command("show", "how it was made, its rank and condition", [&] { lines(data::summarize(read())); }));
  with_json(command("check", "exit status 1 unless it is a sound model", [&] { lines(data::soundness(read())); }));
  cli::Options& compare = with_json(command("compare", "how far two models' distances are apart", [&] {
    const data::Model first = read();
    lines(data::compare_models(first, cli::read_model(app, other)));
  }));
  compare.input("other", other, "the model to compare it with");
  compare.require("other");
  with_json(command("spectrum", "eigenvalues of M, as CSV", [&] {
    const data::Model model = read();
    write(data::format_report(data::spectrum_report(model)), data::spectrum_csv(model));
  }));
  std::optional<cli::ModelRows> counted, reduced;
  cli::Options& weights = with_json(command("weights", "the weight of each feature: M's diagonal, as CSV", [&] {
    counted->check();
    const data::Model model = read();
    const std::optional<metric::Importance> found = counted->importance(model);
    write(data::weights_json(model, found), data::weights_csv(model, found));
  }));
  counted.emplace(app, weights, "CSV file with rows: also weights without units, and shares of the squared distance");
  std::optional<cli::ModelExport> exporter;
  exporter.emplace(app,
                   with_json(command("export", "its matrix or its map, for other programs: CSV, NumPy, ONNX, FAISS",
                                     [&] { exporter->run(file, output, json); })));
  cli::Options& import = command(
      "import", "a model from a matrix as CSV or of NumPy",
      [&] { cli::write_model(app, cli::read_matrix(app, file, form, names, dialect), output); },
      "file of numbers; - is standard input");
  import.choice("--as", form, data::kMetricFormWords, "what the file holds: M, or L with M = L'L");
  import.input("--names", names, "CSV file whose header names the features, and the label behind them");
  cli::dialect_options(import, dialect);
  cli::Options& reduce = command("reduce", "to fewer coordinates: PCA of rows in the learned space",
                                 [&] { cli::write_model(app, reduced->reduce(read(), dims), output); });
  reduce.option("--dims", dims, "coordinates to keep", "R").at_least(1);
  reduce.require("--dims");
  reduced.emplace(app, reduce, "CSV file with the rows");
  reduce.require("--data");
  app.example("maha-cov datasets/wine.csv | maha-model show");
  app.example("maha-model compare <(maha-cov datasets/iris.csv) <(maha-cov --within datasets/iris.csv)");
  app.example("maha-cov datasets/wine.csv | maha-model weights --data datasets/wine.csv");
  app.example("maha-cov datasets/wine.csv | maha-model export -o wine.onnx");
  app.example("maha-cov --within datasets/wdbc.csv | maha-model reduce --dims 2 --data datasets/wdbc.csv > plane.json");
  return app.run(argc, argv);
}
