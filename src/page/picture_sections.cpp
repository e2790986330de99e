/// The sections that are pictures.

#include <algorithm>
#include <cmath>

#include "core/text/rounded.hpp"
#include "eval/statistics/nemenyi.hpp"
#include "experiment/results/report.hpp"
#include "page/html.hpp"
#include "page/picture_svg.hpp"
#include "page/sections.hpp"
#include "plot/figures/figures.hpp"

namespace maha::page {
namespace {

constexpr double kDesk = 760, kPhone = 340;  // widths of a picture, in CSS pixels
constexpr double kLine = 17, kLeast = 60;    // heights of an algorithm's line, and of a picture without its axis

experiment::ResultsSummary summary_of(const Facts& facts) {
  experiment::ResultsSummary summary;
  for (std::size_t s = 0; s < facts.datasets(); ++s) summary.datasets.push_back(facts.dataset(s));
  for (std::size_t a = 0; a < facts.algorithms(); ++a) {
    summary.algorithms.push_back(facts.algorithm(a));
    summary.ranks.emplace_back(facts.statistics.mean_ranks[a]);
  }
  return summary;
}

/// A line for each algorithm, in the order of the tables; and one upright, where the first of the experiment is.
plot::Picture set_picture(const Facts& facts, std::size_t set) {
  const double unit = facts.regression() ? 1 : 100;
  const auto lines = static_cast<double>(facts.algorithms());
  plot::Panel panel;
  panel.x.label = facts.regression() ? "RMSE, mean ± sd" : "accuracy %, mean ± sd";
  plot::Series ranges{.form = plot::Series::Form::ranges};
  std::vector<Eigen::RowVector4d> rows;
  double low = INFINITY, high = -INFINITY;
  for (std::size_t i = 0; i < facts.order.size(); ++i) {
    const eval::Standing& standing = facts.statistics.standings[set][facts.order[i]];
    panel.y.names.push_back(facts.algorithm(facts.order[i]));
    if (!standing.mean) continue;
    const double mean = unit * standing.mean->mean, sd = standing.runs > 1 ? unit * standing.mean->sd : 0;
    const double from = std::max(0.0, mean - sd), to = facts.regression() ? mean + sd : std::min(100.0, mean + sd);
    rows.emplace_back(mean, static_cast<double>(i) + 1, from, to);
    low = std::min(low, from);
    high = std::max(high, to);
  }
  ranges.rows = plot::rows_from(rows);
  if (!(low < high)) {
    high = std::isfinite(low) ? std::max(1.0, low) : 1;
    low = 0;
  }
  const double more = 0.04 * (high - low);
  panel.x.range = {{std::max(0.0, low - more), facts.regression() ? high + more : std::min(100.0, high + more)}};
  panel.y.range = {{lines + 0.7, 0.3}};
  if (const auto& first = facts.statistics.standings[set][0].mean) {
    plot::Series reference{.form = plot::Series::Form::line, .style = plot::Series::kReference, .rows = Matrix(2, 2)};
    reference.rows << unit * first->mean, 0.3, unit * first->mean, lines + 0.7;
    panel.series.push_back(std::move(reference));
  }
  panel.series.push_back(std::move(ranges));
  return {.panels = {std::move(panel)}, .panel_height = std::max(kLeast, kLine * lines)};
}

}  // namespace

Section ranks_section(const Facts& facts) {
  if (facts.datasets() < 2 || facts.algorithms() < 2) return {};
  const auto algorithms = static_cast<Index>(facts.algorithms()), sets = static_cast<Index>(facts.datasets());
  const double least = eval::nemenyi_critical_difference(algorithms, sets, facts.significance);
  const plot::Picture picture = plot::ranks_figure(summary_of(facts), least, facts.significance);
  std::string description = "From the best: ";
  for (const std::size_t a : facts.order) {
    description += (a == facts.order.front() ? "" : ", ") + facts.algorithm(a) + " " +
                   experiment::two_digits(facts.statistics.mean_ranks[a]);
  }
  description += ". Critical difference: " + experiment::two_digits(least) + ".";
  const std::string title = "Mean ranks and their critical difference";
  return {"ranks", "Ranks",
          "<figure>\n" + picture_svg(picture, kDesk, facts.id + "ranks-wide", title, description, "wide") +
              picture_svg(picture, kPhone, facts.id + "ranks-narrow", title, description, "narrow") +
              "<figcaption>1 is the best. Those that a bar joins differ by less than the critical difference CD: they "
              "are not told apart.</figcaption></figure>\n"};
}

Section pictures_section(const Facts& facts) {
  std::string html =
      "<p class=\"soft\">The algorithms in the order of their mean ranks; the dashed line is at the mean "
      "of " +
      escaped(facts.algorithm(0)) + ".</p>\n<div class=\"grid\">\n";
  for (std::size_t s = 0; s < facts.datasets(); ++s) {
    const auto best = facts.best(s);
    const std::string title = (facts.regression() ? "RMSE on " : "Accuracy on ") + facts.dataset(s);
    html += "<figure>\n<figcaption class=\"name\">" + escaped(facts.dataset(s)) + "</figcaption>\n" +
            picture_svg(set_picture(facts, s), kPhone, facts.id + "set-" + std::to_string(s + 1), title,
                        best ? "The best is " + facts.algorithm(*best) + "; the figures are in the table."
                             : "No algorithm has a result.") +
            "</figure>\n";
  }
  return {"pictures", "Side by side", html + "</div>\n"};
}

}  // namespace maha::page
