#include <algorithm>
#include <cmath>

#include "plot/figures/figures.hpp"

namespace maha::plot {

Picture sampling_figure(const data::NamedColumns& sampling) {
  const std::vector<std::string> sampler = sampling.texts("sampler");
  const Vector from = sampling.numbers("from"), to = sampling.numbers("to");
  for (Index i = 0; i < from.size(); ++i) {
    if (!(to(i) > from(i))) sampling.fail(i, "from must be below to");
  }
  const Vector drawn = sampling.numbers("share").cwiseQuotient(to - from);
  const Vector expected = sampling.numbers("expected").cwiseQuotient(to - from);
  for (Index i = 0; i < from.size(); ++i) {
    if (!std::isfinite(drawn(i)) || !std::isfinite(expected(i))) sampling.fail(i, "a share is not finite");
  }
  std::vector<std::string> names;
  for (const std::string& name : sampler) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }

  Picture picture{.columns = names.size() > 4 ? 3 : 2, .panel_width = 300, .panel_height = 180};
  const double highest = 1.05 * std::max(drawn.maxCoeff(), expected.maxCoeff());
  for (const std::string& name : names) {
    std::vector<Index> rows;
    for (std::size_t i = 0; i < sampler.size(); ++i) {
      if (sampler[i] == name) rows.push_back(static_cast<Index>(i));
    }
    Panel panel{.title = name,
                .x = {.label = "distance from anchor to negative", .range = {{from.minCoeff(), to.maxCoeff()}}},
                .y = {.label = "density", .range = {{0, highest > 0 ? highest : 1}}}};
    Matrix bars(static_cast<Index>(rows.size()), 3), line(bars.rows(), 2);
    bars << from(rows), to(rows), drawn(rows);
    line << (from(rows) + to(rows)) / 2, expected(rows);
    panel.series.push_back({.form = Series::Form::bars, .name = "drawn", .style = 0, .rows = bars});
    panel.series.push_back({.form = Series::Form::line, .name = "expected", .style = 1, .rows = line});
    picture.panels.push_back(std::move(panel));
  }
  return picture;
}

}  // namespace maha::plot
