/// The section of rows in two dimensions.

#include <algorithm>

#include "core/text/counted.hpp"
#include "core/text/rounded.hpp"
#include "experiment/results/report.hpp"
#include "page/html.hpp"
#include "page/picture_svg.hpp"
#include "page/sections.hpp"
#include "plot/figures/figures.hpp"

namespace maha::page {
namespace {

constexpr double kWidth = 480;  // of a picture, in CSS pixels

std::string percent(double share) { return experiment::two_digits(100 * share) + " %"; }

/// What marks mean, for those whose class is not written in its place.
std::string key_html(const plot::Picture& picture) {
  std::string items;
  if (const auto& gradient = picture.gradient) {
    items = "<li>" + shades_sample() + " " + escaped(gradient->label) + ": " + rounded(gradient->low) + " to " +
            rounded(gradient->high) + "</li>";
  }
  for (const plot::Series& series : picture.panels.front().series) {
    if (series.name.empty()) continue;
    items += "<li>" + class_sample(static_cast<std::size_t>(series.style)) + " " + escaped(series.name) + "</li>\n";
  }
  return items.empty() ? "" : "<ul class=\"key\">\n" + items + "</ul>\n";
}

/// What the directions are. Rows on a line have the upright one to tell them apart.
std::string axes_text(const Projection& projection) {
  const Vector& share = projection.view.share;
  if (!(share(1) > 0)) {
    const std::string heights = projection.classes.size() > 1 ? ", each class at its own height" : "";
    return (share(0) > 0 ? "All are on a line, which runs to the right" : "All are at one place") + heights + ".";
  }
  return "To the right the first principal component, " + percent(share(0)) +
         " of their variance, upwards the second, " + percent(share(1)) + ".";
}

std::string figure_html(const Projection& projection, const std::string& id) {
  plot::Picture picture =
      plot::projection_figure({projection.view}, projection.y, projection.classes, projection.label);
  const std::string key = key_html(picture);
  picture.gradient.reset();
  plot::Panel& panel = picture.panels.front();
  panel.title = panel.x.label = panel.y.label = "";
  for (plot::Series& series : panel.series) series.name = "";
  const Index shown = projection.view.Z.rows();
  const std::string rows = shown < projection.rows
                               ? std::to_string(shown) + " of " + counted(projection.rows, "row") + ", evenly chosen"
                               : counted(shown, "row");
  const std::string caption = rows + ". " + axes_text(projection);
  return "<figure>\n<figcaption class=\"name\">" + escaped(projection.name) + "</figcaption>\n" +
         picture_svg(picture, kWidth, id, projection.name + " in two dimensions", caption) + key + "<figcaption>" +
         escaped(caption) + "</figcaption></figure>\n";
}

}  // namespace

Projection projection_of(const data::Table& table, const Matrix& Z, const Vector& share) {
  const Index shown = std::min(table.rows(), kMostRows);
  Projection projection{table.name,    {"", Matrix(shown, 2), share}, {},
                        table.classes, table.columns.label_name(),    table.rows()};
  for (Index i = 0; i < shown; ++i) {
    const Index row = i * table.rows() / shown;
    const auto r = static_cast<std::size_t>(row);
    projection.view.Z.row(i) = Z.row(row);
    std::string name = table.ids.empty() ? "row " + std::to_string(table.row[r]) : table.ids[r];
    if (!table.y.empty()) {
      projection.y.push_back(table.y[r]);
      name += ": " + table.classes[static_cast<std::size_t>(table.y[r])];
    }
    projection.view.names.push_back(std::move(name));
  }
  return projection;
}

Section projections_section(const std::vector<Projection>& projections) {
  std::string html;
  for (std::size_t p = 0; p < projections.size(); ++p)
    html += figure_html(projections[p], "projection-" + std::to_string(p + 1));
  if (html.empty()) return {};
  return {"projections", "Rows in two dimensions", "<div class=\"grid rows\">\n" + html + "</div>\n"};
}

}  // namespace maha::page
