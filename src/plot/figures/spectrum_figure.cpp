#include <algorithm>

#include "plot/figures/figures.hpp"

namespace maha::plot {
namespace {

constexpr Index kWhole = 20;  // number of components up to which each has a tic

}  // namespace

Picture spectrum_figure(const std::vector<Named<Vector>>& spectra, bool relative) {
  Panel panel{.x = {.label = "component"},
              .y = {.label = relative ? "eigenvalue of M, relative to the largest" : "eigenvalue of M", .log = true}};
  Index most = 1;
  for (const auto& [name, values] : spectra) {
    most = std::max(most, values.size());
    const bool scaled = relative && values.size() > 0 && values(0) > 0;
    Series series{.form = Series::Form::line_of_marks, .name = name, .style = static_cast<Index>(panel.series.size())};
    series.rows.resize(values.size(), 2);
    for (Index i = 0; i < values.size(); ++i) {
      series.rows.row(i) << static_cast<double>(i + 1), scaled ? values(i) / values(0) : values(i);
    }
    panel.series.push_back(std::move(series));
  }
  panel.x.range = {0.5, static_cast<double>(most) + 0.5};
  for (Index r = 1; most <= kWhole && r <= most; ++r) panel.x.names.push_back(std::to_string(r));
  return {.panels = {std::move(panel)}, .panel_width = 400, .panel_height = 280};
}

}  // namespace maha::plot
