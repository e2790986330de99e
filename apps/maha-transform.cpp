#include "cli/about.hpp"
#include "cli/app.hpp"
#include "cli/inputs/csv_input.hpp"
#include "cli/inputs/model_io.hpp"
#include "cli/inputs/row_output.hpp"
#include "core/error.hpp"
#include "data/reports/coordinates.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app("maha-transform");
  std::string model_file, file = "-", output = "-";
  app.input("-m,--model", model_file, "model as a learner wrote it");
  app.require("--model");
  app.rows("file", file, "CSV file; - is standard input");
  app.output(output);
  cli::RowOutput format(app, app);
  cli::CsvInput input(app, app, data::LabelUse::optional);
  app.example("maha-cov datasets/wine.csv | maha-transform -m - datasets/wine.csv | head -3");
  app.example(
      "maha-cov --pca 2 --standardize datasets/iris.csv -o cov.json; maha-transform -m cov.json < datasets/iris.csv");
  return app.run(argc, argv, [&] {
    format.decide(output);
    const data::Model model = cli::read_model(app, model_file);
    const std::unique_ptr<data::RowSource> rows = input.open(file, cli::learned_columns(model));
    const Index passed_over = cli::about(rows->name(), [&] {
      const auto writer = format.writer(output, data::coordinate_columns(rows->columns(), model));
      return data::write_coordinates(*rows, model, *writer, app.threads());
    });
    cli::warn_of_skipped(app, rows->name(), passed_over);
  });
}
