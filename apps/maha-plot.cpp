#include <algorithm>
#include <filesystem>

#include "cli/app.hpp"
#include "cli/dialect_options.hpp"
#include "cli/model_io.hpp"
#include "cli/picture_output.hpp"
#include "cli/projection_input.hpp"
#include "core/text.hpp"
#include "data/io/input.hpp"
#include "metric/spectrum.hpp"
#include "plot/figures.hpp"

using namespace maha;

namespace {

std::string stem(const std::string& file) {
  return file == "-" ? "standard input" : std::filesystem::path(file).stem();
}

/// What a file's series is called: its name without folder and ending; its path where another has that name too.
std::string series_name(const std::string& file, const std::vector<std::string>& files) {
  const auto same = [&](const std::string& other) { return stem(other) == stem(file); };
  return std::count_if(files.begin(), files.end(), same) > 1 ? file : stem(file);
}

}  // namespace

int main(int argc, char** argv) {
  cli::App app("maha-plot", "Draw what the other tools write, with gnuplot: SVG, PNG or PDF.");
  std::string file = "-";
  std::vector<std::string> files, sources;
  TraceAxis along = TraceAxis::iteration;
  bool relative = false;
  CsvDialect dialect;
  cli::PictureOutput output;

  const auto command = [&](const char* name, const char* help, std::function<Picture()> figure) -> cli::Options& {
    cli::Options& options = app.command(name, help, [&, figure] {
      output.check();
      const Picture picture = figure();
      output.write(app, picture, listing(sources));
    });
    output.declare(options);
    return options;
  };
  const auto columns = [&](const std::string& path) {
    sources.push_back(input_name(path));
    app.about_to_read(path);
    return NamedColumns(path, dialect);
  };
  const auto results = [&](const std::string& path) {
    sources.push_back(input_name(path));
    app.about_to_read(path);
    return read_results_summary(path);
  };
  const auto eigenvalues = [&](const std::string& path) {
    sources.push_back(input_name(path));
    return spectrum(cli::read_model(app, path).linear());
  };
  const auto each = [&](const auto& read) {
    std::vector<Named<decltype(read(file))>> all;
    for (const std::string& path : files) all.push_back({series_name(path, files), read(path)});
    return all;
  };

  cli::Options& compare = command("compare", "accuracies of algorithms on data sets, from maha-compare --format json",
                                  [&] { return comparison_figure(results(file)); });
  std::optional<cli::ProjectionInput> rows;
  rows.emplace(app, command("projection", "rows in two dimensions, before and after learning", [&] {
                 sources.push_back(input_name(rows->file()));
                 return rows->figure();
               }));
  cli::Options& trace = command("trace", "objective and gap of fits, from --trace of a learner",
                                [&] { return trace_figure(each(columns), along); });
  trace.choice("--by", along, {{"iteration", TraceAxis::iteration}, {"seconds", TraceAxis::seconds}},
               "what runs to the right");
  cli::Options& spectra =
      command("spectrum", "eigenvalues of models", [&] { return spectrum_figure(each(eigenvalues), relative); });
  spectra.flag("--relative", relative, "divide by the largest eigenvalue of each model");
  cli::Options& roc = command("roc", "ROC curves, from maha-verify --roc", [&] { return roc_figure(each(columns)); });
  cli::Options& sampling = command("sampling", "distances that samplers drew, from maha-triplet --report-sampling",
                                   [&] { return sampling_figure(columns(file)); });
  for (cli::Options* options : {&compare, &sampling}) options->input("file", file, "- is standard input");
  for (cli::Options* options : {&trace, &spectra, &roc}) {
    options->files("files", files, "a series for each; - is standard input");
    options->require("files");
  }
  for (cli::Options* options : {&trace, &roc, &sampling}) cli::dialect_options(*options, dialect);
  app.example("maha-plot projection --standardize datasets/wine.csv -o wine.svg");
  app.example("maha-lmnn --standardize --trace trace.csv datasets/wine.csv -o lmnn.json");
  app.example("maha-plot trace trace.csv -o trace.png");
  app.example("maha-plot projection -m lmnn.json --standardize datasets/wine.csv --script | head -3");
  return app.run(argc, argv);
}
