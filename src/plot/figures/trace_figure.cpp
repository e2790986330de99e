#include "plot/figures/figures.hpp"

namespace maha::plot {
namespace {

/// What a trace counts: epochs, if it is of a network, of whose triplets some contribute nothing.
std::string counted(const data::NamedColumns& trace) { return trace.has("contribute") ? "epoch" : "iteration"; }

/// Adds a word to a list, once.
void add_word(std::string& words, const std::string& word) {
  if (words.find(word) == std::string::npos) words += (words.empty() ? "" : ", ") + word;
}

}  // namespace

Picture trace_figure(const std::vector<Named<data::NamedColumns>>& traces, TraceAxis along) {
  const bool seconds = along == TraceAxis::seconds;
  const std::string of_x = seconds ? "seconds" : "iteration";
  std::string label = seconds ? "time (s)" : "";
  Panel value{.x = {.whole = !seconds}, .y = {.label = "objective"}}, below{.x = value.x, .y = {.log = true}};
  value.y.log = traces.size() > 1;  // they may be of different problems, and so of different sizes
  const bool alone = traces.size() == 1;
  Index style = 0;
  for (const Named<data::NamedColumns>& named : traces) {
    const std::string& name = named.name;
    const data::NamedColumns& trace = named.value;
    const Vector x = trace.numbers(of_x);
    const auto curve = [&](const std::string& column, const std::string& called, bool dashed) {
      Series series{.form = Series::Form::line, .name = called, .style = style, .dashed = dashed};
      series.rows.resize(x.size(), 2);
      series.rows.col(0) = x;
      series.rows.col(1) = trace.numbers(column);
      return series;
    };
    value.series.push_back(curve("objective", alone ? "objective" : name, false));
    if (trace.has("bound")) {
      value.series.push_back(curve("bound", alone ? "bound" : name, true));
      if (!alone) value.series.back().figures = ", bound";
    }
    const bool held_out = trace.has("validation") && !trace.has("gap");  // a fit without a bound
    add_word(below.y.label, held_out ? "validation" : "relative gap");
    if (!seconds) add_word(label, counted(trace));
    below.series.push_back(curve(held_out ? "validation" : "gap", alone ? "" : name, false));
    ++style;
  }
  value.x.label = below.x.label = label;
  return {.panels = {std::move(value), std::move(below)}, .panel_width = 420, .panel_height = 170};
}

}  // namespace maha::plot
