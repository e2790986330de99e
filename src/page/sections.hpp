#pragma once
/// The sections of a report; for its sources.

#include <string>
#include <vector>

#include "eval/statistics/accuracies.hpp"
#include "experiment/results/report.hpp"
#include "page/report_page.hpp"

namespace maha::page {

/// What sections are written from.
struct Facts {
  const Part& part;
  eval::AccuracyComparison statistics;
  experiment::ReportBlocks report;
  std::vector<std::size_t> order;  ///< of the algorithms, by their mean ranks
  double significance;
  std::string id;  ///< what the names of the part's elements begin with

  const experiment::Results& results() const { return part.results; }
  bool regression() const { return part.results.experiment.regression(); }
  const std::string& algorithm(std::size_t a) const { return part.results.experiment.algorithms[a].name; }
  const std::string& dataset(std::size_t s) const { return part.results.experiment.datasets[s].name; }
  std::size_t algorithms() const { return part.results.experiment.algorithms.size(); }
  std::size_t datasets() const { return part.results.datasets.size(); }
  /// The place among algorithms of the best on a data set, if any has a result there.
  std::optional<std::size_t> best(std::size_t set) const;
};

/// A heading and what stands below it; of a section without content nothing.
struct Section {
  std::string name, title, html;
};

Section accuracy_section(const Facts& facts);
Section ranks_section(const Facts& facts);
Section pictures_section(const Facts& facts);
Section tests_section(const Facts& facts);
Section times_section(const Facts& facts);
Section chosen_section(const Facts& facts);
Section sets_section(const Facts& facts);
Section runs_section(const Facts& facts);
Section projections_section(const std::vector<Projection>& projections);

}  // namespace maha::page
