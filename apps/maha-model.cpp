#include "cli/about.hpp"
#include "cli/app.hpp"
#include "cli/inputs/csv_input.hpp"
#include "cli/inputs/dialect_options.hpp"
#include "cli/inputs/model_io.hpp"
#include "data/model/model_csv.hpp"
#include "data/model/model_json.hpp"
#include "data/model/model_summary.hpp"
#include "io/text/report_text.hpp"
#include "prepare/reduction.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app("maha-model", "Look at models, compare them, and turn them into other forms.");
  std::string file = "-", other, rows, output = "-";
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
  const auto write = [&](const Report& report, const std::string& otherwise) {
    app.out(output).write(json ? data::format_report(report) + "\n" : otherwise);
  };
  const auto lines = [&](const Report& report) { write(report, io::format_lines(report)); };
  const auto table = [&](Report (*report)(const data::Model&), std::string (*csv)(const data::Model&)) {
    const data::Model model = read();
    write(report(model), csv(model));
  };
  const Words<data::MetricForm> forms = {{"M", data::MetricForm::M}, {"L", data::MetricForm::L}};

  with_json(command("show", "how it was made, its rank and condition", [&] { lines(data::summarize(read())); }));
  with_json(command("check", "exit status 1 unless it is a sound model", [&] { lines(data::soundness(read())); }));
  cli::Options& compare = with_json(command("compare", "how far two models' distances are apart", [&] {
    const data::Model first = read();
    lines(data::compare_models(first, cli::read_model(app, other)));
  }));
  compare.input("other", other, "the model to compare it with");
  compare.require("other");
  with_json(command("spectrum", "eigenvalues of M, as CSV", [&] { table(data::spectrum_report, data::spectrum_csv); }));
  with_json(command("weights", "the weight of each feature: M's diagonal, as CSV",
                    [&] { table(data::weights_report, data::weights_csv); }));
  with_json(command("export", "the metric's matrix as CSV", [&] {
    const data::Model model = read();
    if (json) return cli::write_model(app, data::metric_alone(model, form), output);
    app.out(output).write(data::metric_csv(model, form));
  })).choice("--as", form, forms, "M, or its factor L: M = L'L");
  cli::Options& import = command(
      "import", "a model from a matrix as CSV",
      [&] { cli::write_model(app, cli::read_matrix(app, file, form, names, dialect), output); },
      "CSV file of numbers; - is standard input");
  import.choice("--as", form, forms, "what the file holds: M, or L with M = L'L");
  import.input("--names", names, "CSV file whose header names the features, and the label behind them");
  cli::dialect_options(import, dialect);
  std::optional<cli::CsvInput> input;
  cli::Options& reduce = command("reduce", "to fewer coordinates: PCA of rows in the learned space", [&] {
    data::Model model = read();
    const std::unique_ptr<data::RowSource> source = input->open(rows, cli::learned_columns(model));
    const prepare::Reduction reduced = cli::about(source->name(), [&] {
      return prepare::reduce_metric(model.linear(), dims, cli::labeled_rows(app, *source), app.threads());
    });
    model.replace_metric(reduced.metric);
    model.other.set("rank", reduced.metric.rank()).set("variance_kept", reduced.kept);
    cli::write_model(app, std::move(model), output);
  });
  reduce.option("--dims", dims, "coordinates to keep", "R").at_least(1);
  reduce.input("--data", rows, "CSV file with the rows");
  reduce.require("--dims");
  reduce.require("--data");
  input.emplace(app, reduce, data::LabelUse::optional);
  app.example("maha-cov datasets/wine.csv | maha-model show");
  app.example("maha-model compare <(maha-cov datasets/iris.csv) <(maha-cov --within datasets/iris.csv)");
  app.example("maha-cov --within datasets/wdbc.csv | maha-model reduce --dims 2 --data datasets/wdbc.csv > plane.json");
  return app.run(argc, argv);
}
