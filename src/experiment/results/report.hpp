#pragma once
/// What the table of a comparison and the remarks below it say, before they are laid out; for the sources that do so.

#include <string>
#include <vector>

#include "experiment/results/results.hpp"

namespace maha::experiment {

using Rows = std::vector<std::vector<std::string>>;

/// A paragraph, or a table whose first row is its header.
struct Block {
  enum class About { figures, marks, tests, chosen, failures };

  std::string text{};
  About about = About::figures;
  Rows table{};
};

struct ReportBlocks {
  Block protocol;    ///< a paragraph: what the figures are
  Block accuracies;  ///< a table with a line for each data set
  std::vector<Block> remarks;
};

/// `comparison`: statistics_of(results).
ReportBlocks report_of(const Results& results, const eval::AccuracyComparison& comparison);

/// "+" or "-" if an algorithm is better or worse than the first one by the t-tests of a data set, "=" if all their
/// differences are equal; "" otherwise.
std::string significance_mark(const std::vector<eval::PairTest>& tests, Index algorithm);

/// A mean, or how it varies, as tables show it: an accuracy in % with two digits behind the point, an RMSE to four
/// digits. And a number with two digits behind the point.
std::string figure(double value, bool regression);
std::string two_digits(double value);

}  // namespace maha::experiment
