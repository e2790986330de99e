#include "cli/about.hpp"
#include "cli/app.hpp"
#include "cli/inputs/csv_input.hpp"
#include "core/error.hpp"
#include "data/table/named_columns.hpp"
#include "experiment/results/results_read.hpp"
#include "io/input.hpp"
#include "page/report_page.hpp"
#include "prepare/principal_plane.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app("maha-report");
  std::string output = "-";
  std::vector<std::string> files;
  std::optional<std::string> times;
  page::PageOptions options;
  app.files("files", files, "results of maha-compare --format json, a part of the page each; - is standard input");
  app.require("files");
  app.input("--times", times, "how long each run took, from maha-compare --times");
  app.option("--title", options.title, "what stands above the page");
  app.option("--significance", options.significance,
             "level of Nemenyi's test: ranks that it tells apart are not joined", "P")
      .above(0)
      .below(1);
  std::vector<std::string> rows;
  app.rows("--projection", rows,
           "rows to show in two dimensions, such as those of maha-transform; may be repeated; the options below are of "
           "these files");
  app.output(output);
  cli::CsvInput input(app, app, data::LabelUse::optional);
  app.example(
      "maha-compare -a euclidean -a cov -a 'lmnn:k=1|3' --folds 3 datasets/iris.csv datasets/wine.csv --format json "
      "--times times.csv -o results.json");
  app.example("maha-report results.json --times times.csv -o report.html");
  app.example("maha-lda datasets/wine.csv | maha-transform --model - datasets/wine.csv -o wine-lda.csv");
  app.example("maha-report results.json --projection datasets/wine.csv --projection wine-lda.csv -o report.html");
  app.example("maha-compare -a euclidean -a lda --folds 3 datasets/iris.csv --format json | maha-report - | head -1");
  return app.run(argc, argv, [&] {
    if (times && files.size() > 1) throw UsageError("--times: goes with one file of results");
    std::vector<page::Part> parts;
    for (const std::string& file : files) {
      app.about_to_read(file);
      const std::string name = io::input_name(file), content = io::read_all(file);
      parts.push_back({name, cli::about(name, [&] { return experiment::parse_results(content); })});
    }
    if (times) {
      app.about_to_read(*times);
      page::add_times(parts.front(), data::NamedColumns(*times));
    }
    std::vector<page::Projection> projections;
    for (const std::string& file : rows) {
      const data::Table table = input.read(file);
      const prepare::PrincipalPlane plane = prepare::principal_plane(table.X, app.threads());
      projections.push_back(page::projection_of(table, plane.Z, plane.share));
    }
    app.out(output).write(page::report_page(parts, projections, options));
  });
}
