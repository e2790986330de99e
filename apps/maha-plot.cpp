#include "cli/app.hpp"
#include "cli/inputs/dialect_options.hpp"
#include "cli/pictures/explanation_input.hpp"
#include "cli/pictures/figure_files.hpp"
#include "cli/pictures/picture_output.hpp"
#include "cli/pictures/projection_input.hpp"
#include "cli/pictures/weights_input.hpp"
#include "plot/figures/figures.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app("maha-plot");
  std::string file = "-";
  std::vector<std::string> files;
  plot::TraceAxis along = plot::TraceAxis::iteration;
  bool relative = false;
  double significance = 0.05;
  std::optional<std::string> varied;
  data::CsvDialect dialect;
  cli::FigureFiles read(app, dialect);
  cli::PictureOutput output;

  const auto command = [&](const char* name, const char* help, std::function<plot::Picture()> figure) -> cli::Options& {
    cli::Options& options = app.command(name, help, [&, figure] {
      output.check();
      const plot::Picture picture = figure();
      output.write(app, picture, read.source());
    });
    output.declare(options);
    return options;
  };
  cli::Options& compare = command("compare", "accuracies of algorithms on data sets, from maha-compare --format json",
                                  [&] { return plot::comparison_figure(read.results(file)); });
  cli::Options& ranks = command("ranks", "mean ranks and their critical difference, from maha-compare --format json",
                                [&] { return read.ranks(file, significance); });
  ranks.option("--significance", significance, "level of Nemenyi's test: ranks that it tells apart are not joined", "P")
      .above(0)
      .below(1);
  cli::Options& path = command("path", "error by the value of an option, from maha-compare --format json",
                               [&] { return read.path(file, varied); });
  path.option("--option", varied, "the option, if there are several whose values differ", "NAME");
  const auto of_its_own = [&](auto& input, const char* name, const char* help) {
    input.emplace(app, command(name, help, [&] {
                    read.noted(input->file());
                    return input->figure();
                  }));
  };
  std::optional<cli::ProjectionInput> rows;
  std::optional<cli::ExplanationInput> explained;
  std::optional<cli::WeightsInput> weighed;
  of_its_own(rows, "projection", "rows in two dimensions, before and after learning");
  of_its_own(explained, "explain", "what features contribute to distances, from maha-explain as CSV or JSON");
  of_its_own(weighed, "weights", "what each feature weighs in a model");
  cli::Options& trace = command("trace", "objective and gap of fits, from --trace of a learner",
                                [&] { return plot::trace_figure(read.columns(files), along); });
  trace.choice("--by", along, {{"iteration", plot::TraceAxis::iteration}, {"seconds", plot::TraceAxis::seconds}},
               "what runs to the right");
  cli::Options& spectra = command("spectrum", "eigenvalues of models",
                                  [&] { return plot::spectrum_figure(read.eigenvalues(files), relative); });
  spectra.flag("--relative", relative, "divide by the largest eigenvalue of each model");
  cli::Options& roc =
      command("roc", "ROC curves, from maha-verify --roc", [&] { return plot::roc_figure(read.columns(files)); });
  cli::Options& sampling = command("sampling", "distances that samplers drew, from maha-triplet --report-sampling",
                                   [&] { return plot::sampling_figure(read.columns(file)); });
  for (cli::Options* options : {&compare, &ranks, &path, &sampling})
    options->input("file", file, "- is standard input");
  for (cli::Options* options : {&trace, &spectra, &roc}) {
    options->files("files", files, "a series for each; - is standard input");
    options->require("files");
  }
  for (cli::Options* options : {&trace, &roc, &sampling}) cli::dialect_options(*options, dialect);
  app.example("maha-plot projection --standardize datasets/wine.csv -o wine.svg");
  app.example("maha-lmnn --standardize --trace trace.csv datasets/wine.csv -o lmnn.json");
  app.example("maha-plot trace trace.csv -o trace.png");
  app.example("maha-plot projection -m lmnn.json --standardize datasets/wine.csv --script | head -3");
  app.example("maha-plot weights --data datasets/wine.csv lmnn.json -o weights.svg");
  app.example("maha-explain -m lmnn.json --train datasets/wine.csv --leave-one-out | maha-plot explain -o why.svg");
  app.example(
      "maha-compare -a lmnn:k=1 -a lmnn:k=3 -a lmnn:k=9 --standardize --format json datasets/wine.csv -o k.json");
  app.example("maha-plot path k.json -o path.svg");
  return app.run(argc, argv);
}
