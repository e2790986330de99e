#include "page/report_page.hpp"

#include <algorithm>
#include <numeric>

#include "core/text/counted.hpp"
#include "page/assets.hpp"
#include "page/html.hpp"
#include "page/sections.hpp"

namespace maha::page {
namespace {

std::string subject(const experiment::Results& results) {
  return counted(results.experiment.algorithms.size(), "algorithm") + " on " +
         counted(results.datasets.size(), "data set");
}

/// What comes first, for those who read no further.
std::string outcome(const Facts& facts) {
  if (facts.results().all_failed()) return "No run has a result.";
  const std::size_t best = facts.order.front();
  if (facts.datasets() > 1) {
    return facts.algorithm(best) + " has the best mean rank, " +
           experiment::two_digits(facts.statistics.mean_ranks[best]) + " of " + std::to_string(facts.algorithms()) +
           ".";
  }
  const auto first = facts.best(0);
  if (!first) return "No algorithm has a result in every run.";
  return facts.algorithm(*first) +
         " is the best: " + experiment::figure(facts.statistics.standings[0][*first].mean->mean, facts.regression()) +
         (facts.regression() ? "." : " %.");
}

Facts facts_of(const Part& part, const PageOptions& options, const std::string& id) {
  Facts facts{part, experiment::statistics_of(part.results), {}, {}, options.significance, id};
  facts.report = experiment::report_of(part.results, facts.statistics);
  facts.order.resize(facts.algorithms());
  std::iota(facts.order.begin(), facts.order.end(), std::size_t{0});
  const std::vector<double>& ranks = facts.statistics.mean_ranks;
  std::stable_sort(facts.order.begin(), facts.order.end(), [&](auto a, auto b) { return ranks[a] < ranks[b]; });
  return facts;
}

std::string section_html(const Section& section, const std::string& id) {
  return "<section aria-labelledby=\"" + id + "\">\n<h2 id=\"" + id + "\">" + section.title + "</h2>\n" + section.html +
         "</section>\n";
}

/// `alone`: the page has its title, and no heading is needed. `more`: a section that comes after those of the results.
std::string part_html(const Facts& facts, bool alone, const Section& more) {
  std::vector<Section> sections;
  for (const auto write : {accuracy_section, ranks_section, pictures_section, tests_section, times_section,
                           chosen_section, sets_section, runs_section})
    sections.push_back(write(facts));
  sections.push_back(more);
  std::string list, body;
  for (const Section& section : sections) {
    if (section.html.empty()) continue;
    const std::string id = facts.id + section.name;
    list += "<li><a href=\"#" + id + "\">" + section.title + "</a></li>\n";
    body += section_html(section, id);
  }
  const std::string heading =
      alone ? "" : "<h1>" + escaped(facts.part.source + ": " + subject(facts.results())) + "</h1>\n";
  return "<div" + std::string(alone ? "" : " class=\"part\"") + ">\n" + heading + "<p>" + escaped(outcome(facts)) +
         "</p>\n<nav aria-label=\"Sections" + (alone ? "" : " of " + escaped(facts.part.source)) + "\"><ul>\n" + list +
         "</ul></nav>\n" + body + "</div>\n";
}

}  // namespace

std::optional<std::size_t> Facts::best(std::size_t set) const {
  std::optional<std::size_t> best;
  const std::vector<eval::Standing>& all = statistics.standings[set];
  for (std::size_t a = 0; a < all.size(); ++a) {
    if (!all[a].mean || all[a].failed > 0) continue;
    if (!best || all[a].rank < all[*best].rank) best = a;
  }
  return best;
}

std::string report_page(const std::vector<Part>& parts, const std::vector<Projection>& projections,
                        const PageOptions& options) {
  const bool alone = parts.size() == 1;
  const std::string title = !options.title.empty() ? options.title
                            : alone                ? subject(parts.front().results)
                                                   : counted(parts.size(), "comparison");
  std::string page =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src " +
      policy_source(kStyleHash) + "; script-src " + policy_source(kScriptHash) +
      "; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"generator\" content=\"maha-report\">\n<title>" +
      escaped(title) + "</title>\n<style>" + kStyle + "</style>\n</head>\n<body>\n<main>\n<h1>" + escaped(title) +
      "</h1>\n";
  const Section rows = projections_section(projections);
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const std::string id = alone ? "" : "part-" + std::to_string(p + 1) + "-";
    page += part_html(facts_of(parts[p], options, id), alone, alone ? rows : Section());
  }
  if (!alone && !rows.html.empty()) page += "<div class=\"part\">\n" + section_html(rows, rows.name) + "</div>\n";
  return page + "</main>\n<script>" + kScript + "</script>\n</body>\n</html>\n";
}

}  // namespace maha::page
