#include "experiment/results/report.hpp"

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <map>
#include <string_view>

#include "core/text/text.hpp"
#include "io/text/text_table.hpp"

namespace maha::experiment {
namespace {

constexpr double kLevel = 0.05;     // of significance, for the marks
constexpr Index kFewestMarked = 3;  // runs: a variance of two differences is one number's worth of knowledge

constexpr std::string_view kMarkup = "|\\`*<";  // what means more than itself in a table of Markdown

std::string format(const char* form, double value) {
  char digits[32];
  std::snprintf(digits, sizeof digits, form, value);
  return digits;
}

std::string p_value(double p) { return p < 1e-4 ? format("%.1e", p) : format("%.4f", p); }

/// Whether the splits of a data set come with it.
bool has_splits(const DataSet& set) { return !set.parts.empty() || set.fold_column || set.folds_file; }

/// "3-NN", or "k-NN with k = 1, 3 or 5"
std::string voters(const std::vector<Index>& ks) {
  if (ks.size() == 1) return std::to_string(ks.front()) + "-NN";
  std::string text = "k-NN with k = ";
  for (std::size_t i = 0; i < ks.size(); ++i) {
    text += (i == 0 ? "" : i + 1 < ks.size() ? ", " : " or ") + std::to_string(ks[i]);
  }
  return text;
}

std::string protocol_text(const Experiment& experiment) {
  const Protocol& protocol = experiment.protocol;
  const auto& algorithms = experiment.algorithms;
  const bool others = std::any_of(algorithms.begin(), algorithms.end(), [](const AlgorithmChoice& algorithm) {
    return algorithm.spec.find(kVoteK) != std::string::npos;
  });
  const std::string text = (experiment.regression() ? "RMSE of " : "Accuracy in % of ") + voters(protocol.ks) +
                           (others ? " where an algorithm names no other k" : "") + ", mean ± sd over runs: ";
  const auto& sets = experiment.datasets;
  const auto given = std::count_if(sets.begin(), sets.end(), has_splits);
  if (given == std::ssize(sets)) return text + "the splits given.";
  std::string how = protocol.test ? format("%g", 100 * *protocol.test) + " % held out"
                                  : std::to_string(protocol.folds) + "-fold cross-validation";
  if (protocol.repeats > 1) how += ", " + std::to_string(protocol.repeats) + " times";
  how += ", stratified, seed " + std::to_string(protocol.seed);
  return text + how + (given > 0 ? ", or the splits given." : ".");
}

std::string standing_text(const eval::Standing& standing, const std::string& mark, bool regression) {
  if (!standing.mean) return "failed";
  std::string text = figure(standing.mean->mean, regression);
  if (standing.runs > 1) text += " ± " + figure(standing.mean->sd, regression);
  if (!mark.empty()) text += " " + mark;
  if (standing.failed > 0) text += " (" + std::to_string(standing.failed) + " failed)";
  return text;
}

Block accuracies(const Results& results, const eval::AccuracyComparison& comparison) {
  const auto& algorithms = results.experiment.algorithms;
  Block block;
  std::vector<std::string>& header = block.table.emplace_back();
  header = {"data set", "rows", "runs"};
  for (const AlgorithmChoice& algorithm : algorithms) header.push_back(algorithm.name);
  for (std::size_t s = 0; s < results.datasets.size(); ++s) {
    const DataSetFacts& facts = results.datasets[s];
    auto& row = block.table.emplace_back();
    row = {results.experiment.datasets[s].name, std::to_string(facts.rows), std::to_string(facts.runs.size())};
    for (std::size_t a = 0; a < algorithms.size(); ++a) {
      row.push_back(standing_text(comparison.standings[s][a],
                                  significance_mark(comparison.t_tests[s], static_cast<Index>(a)),
                                  results.experiment.regression()));
    }
  }
  if (results.datasets.size() < 2) return block;
  auto& last = block.table.emplace_back();
  last = {"mean rank", "", ""};
  for (const double rank : comparison.mean_ranks) last.push_back(two_digits(rank));
  return block;
}

/// The p-values of Wilcoxon's tests, each algorithm against those before it.
Block wilcoxon(const Results& results, const eval::AccuracyComparison& comparison) {
  const auto& algorithms = results.experiment.algorithms;
  Block block{.about = Block::About::tests};
  auto& header = block.table.emplace_back();
  header = {"p, Holm-corrected"};
  for (std::size_t a = 0; a + 1 < algorithms.size(); ++a) header.push_back(algorithms[a].name);
  for (std::size_t b = 1; b < algorithms.size(); ++b) {
    auto& row = block.table.emplace_back();
    row = {algorithms[b].name};
    for (const eval::PairTest& test : comparison.wilcoxon) {  // in the order of the first ones
      if (test.second == static_cast<Index>(b)) row.push_back(p_value(test.adjusted));
    }
  }
  return block;
}

/// What is said of the cells of each data set and algorithm, and in how many runs where not in all.
template <class Say>
Block counts_of(const Results& results, Block::About about, const std::string& heading, Say say) {
  std::map<std::pair<Index, Index>, std::map<std::string, int>> said;
  for (const Cell& cell : results.cells) {
    if (const std::string& text = say(cell); !text.empty()) ++said[{cell.dataset, cell.algorithm}][text];
  }
  Block block{.about = about};
  if (said.empty()) return block;
  block.table.push_back({"data set", "algorithm", heading + " (runs)"});
  for (const auto& [place, texts] : said) {
    const auto& [set, algorithm] = place;
    std::string all;
    for (const auto& [text, runs] : texts) {
      all += (all.empty() ? "" : "; ") + text + " (" + std::to_string(runs) + ")";
    }
    block.table.push_back({results.experiment.datasets[static_cast<std::size_t>(set)].name,
                           results.experiment.algorithms[static_cast<std::size_t>(algorithm)].name, all});
  }
  return block;
}

std::vector<Block> remarks(const Results& results, const eval::AccuracyComparison& comparison) {
  using About = Block::About;
  std::vector<Block> all;
  const bool tested = std::any_of(comparison.t_tests.begin(), comparison.t_tests.end(),
                                  [](const auto& tests) { return !tests.empty(); });
  if (tested) {
    all.push_back({"+ and -: better and worse than " + shown(results.experiment.algorithms.front().name) + ", p < " +
                       format("%g", kLevel) + " by the corrected resampled t-test (Nadeau and Bengio 2003).",
                   About::marks});
  }
  const bool equal = std::any_of(comparison.t_tests.begin(), comparison.t_tests.end(), [](const auto& tests) {
    return std::any_of(tests.begin(), tests.end(), [](const eval::PairTest& t) { return t.first == 0 && !t.result; });
  });
  if (equal) {
    all.push_back(
        {"=: all differences equal, better or worse by the same in every run; the t-test has no variance to go by.",
         About::marks});
  }
  if (comparison.friedman) {
    all.push_back({"Friedman's test over " + std::to_string(results.datasets.size()) + " data sets: chi-squared " +
                       format("%.4g", comparison.friedman->statistic) + ", " +
                       std::to_string(results.experiment.algorithms.size() - 1) + " degrees of freedom, p = " +
                       p_value(comparison.friedman->p) + ". Wilcoxon's signed-rank tests of each two:",
                   About::tests});
    all.push_back(wilcoxon(results, comparison));
  }
  all.push_back(counts_of(results, About::chosen, "chosen", [](const Cell& cell) { return cell.chosen; }));
  all.push_back(counts_of(results, About::failures, "failure", [](const Cell& cell) { return cell.failure; }));
  std::erase_if(all, [](const Block& block) { return block.text.empty() && block.table.empty(); });
  return all;
}

std::string markdown_row(const std::vector<std::string>& row) {
  std::string line = "|";
  for (const std::string& field : row) {
    line += ' ';
    for (const char c : field) line += std::string(kMarkup.find(c) < kMarkup.size() ? "\\" : "") + c;
    line += " |";
  }
  return line + "\n";
}

std::string markdown_table(const Rows& rows) {
  std::string text = markdown_row(rows.front()) + "|---|";
  for (std::size_t c = 1; c < rows.front().size(); ++c) text += "---:|";
  text += '\n';
  for (std::size_t r = 1; r < rows.size(); ++r) text += markdown_row(rows[r]);
  return text;
}

template <class Tabulate>
std::string document(const Results& results, Tabulate tabulate) {
  std::string text;
  const eval::AccuracyComparison comparison = statistics_of(results);
  ReportBlocks report = report_of(results, comparison);
  std::vector<Block> blocks{std::move(report.protocol), std::move(report.accuracies)};
  std::move(report.remarks.begin(), report.remarks.end(), std::back_inserter(blocks));
  for (Block& block : blocks) {
    for (auto& row : block.table)
      std::transform(row.begin(), row.end(), row.begin(), [](const std::string& cell) { return printable(cell); });
    text += (text.empty() ? "" : "\n") + (block.table.empty() ? block.text + "\n" : tabulate(block.table));
  }
  return text;
}

}  // namespace

std::string two_digits(double value) { return format("%.2f", value); }

std::string figure(double value, bool regression) {
  return regression ? format("%.4g", value) : two_digits(100 * value);
}

std::string significance_mark(const std::vector<eval::PairTest>& tests, Index algorithm) {
  for (const eval::PairTest& test : tests) {
    if (test.first != 0 || test.second != algorithm) continue;
    if (!test.result) return "=";
    if (test.count < kFewestMarked || !(test.result->p < kLevel)) return "";
    return test.result->statistic < 0 ? "+" : "-";
  }
  return "";
}

ReportBlocks report_of(const Results& results, const eval::AccuracyComparison& comparison) {
  return {{protocol_text(results.experiment)}, accuracies(results, comparison), remarks(results, comparison)};
}

std::string results_text(const Results& results) { return document(results, io::text_table); }

std::string results_markdown(const Results& results) { return document(results, markdown_table); }

}  // namespace maha::experiment
