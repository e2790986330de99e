#include "cli/pictures/explanation_input.hpp"

#include "cli/inputs/dialect_options.hpp"
#include "data/reports/told_explanation.hpp"
#include "io/input.hpp"
#include "plot/figures/figures.hpp"

namespace maha::cli {

ExplanationInput::ExplanationInput(App& app, Options& options) : app_(app) {
  options.input("file", file_, "- is standard input");
  options.option("--query", query_, "explained row to draw, by number or id (default: the first)", "ROW");
  options.option("--top", top_, "draw the first N features, and one bar for all others", "N").at_least(1);
  dialect_options(options, dialect_);
}

plot::Picture ExplanationInput::figure() {
  app_.about_to_read(file_);
  const data::ToldExplanation told = data::read_explanation(file_, query_, dialect_);
  std::size_t neighbors = 0;
  for (const auto& row : told.rows) neighbors += !row.other;
  if (neighbors > plot::kMostNeighbors) {
    app_.note(io::input_name(file_) + ": of " + std::to_string(neighbors) + " neighbours the nearest " +
              std::to_string(plot::kMostNeighbors) + " are drawn");
  }
  return plot::explanation_figure(told, top_);
}

}  // namespace maha::cli
