#include "experiment/results/results_read.hpp"

#include "experiment/experiment_json.hpp"
#include "fuzz.hpp"

namespace maha::fuzz {
namespace {

void read_experiment(const std::string& text) {
  experiment::Experiment asked;
  if (!done([&] { asked = experiment::parse_experiment(text); })) return;
  done([&] { experiment::check(asked, experiment::SaidBy::file); });
  std::string written, again;
  require(done([&] { written = experiment::format_experiment(asked); }), "an experiment can be written");
  require(done([&] { again = experiment::format_experiment(experiment::parse_experiment(written)); }),
          "an experiment that was written can be read");
  require(written == again, "an experiment is written as it was read");
}

}  // namespace

void results(std::string_view input) {
  const std::string text(input);
  experiment::Results results;
  if (!done([&] { results = experiment::parse_results(text); })) return read_experiment(text);
  std::string written, again;
  require(done([&] { written = experiment::results_json(results); }), "results can be written");
  require(done([&] { again = experiment::results_json(experiment::parse_results(written)); }),
          "results that were written can be read");
  require(written == again, "results are written as they were read");
  for (const auto& report : {experiment::results_text, experiment::results_markdown, experiment::results_tex,
                             experiment::results_csv, experiment::times_csv}) {
    require(!report(results).empty(), "there is a report");
  }
}

}  // namespace maha::fuzz
