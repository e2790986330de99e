#include <algorithm>
#include <map>
#include <sstream>

#include "core/text/text.hpp"
#include "experiment/results/report.hpp"
#include "io/text/text_table.hpp"

namespace maha::experiment {
namespace {

/// A name as LaTeX shows it, in whatever font encoding. Braces keep characters from what they mean in company: [ and *
/// behind the end of a line, and two hyphens, quotes or commas that would become one sign.
std::string tex(const std::string& name) {
  static const std::map<char, std::string> kEscaped{{'\\', "\\textbackslash{}"},
                                                    {'{', "\\{"},
                                                    {'}', "\\}"},
                                                    {'$', "\\$"},
                                                    {'&', "\\&"},
                                                    {'#', "\\#"},
                                                    {'%', "\\%"},
                                                    {'_', "\\_"},
                                                    {'^', "\\textasciicircum{}"},
                                                    {'~', "\\textasciitilde{}"},
                                                    {'<', "\\textless{}"},
                                                    {'>', "\\textgreater{}"},
                                                    {'|', "\\textbar{}"},
                                                    {'"', "\\symbol{34}"},
                                                    {'`', "\\symbol{96}"},
                                                    {'[', "{[}"},
                                                    {'*', "{*}"},
                                                    {'-', "-{}"},
                                                    {'\'', "'{}"},
                                                    {',', ",{}"}};
  std::string text;
  for (const char c : printable(name)) {
    const auto escaped = kEscaped.find(c);
    text += escaped == kEscaped.end() ? std::string(1, c) : escaped->second;
  }
  return text;
}

std::string tex_line(const std::vector<std::string>& fields) {
  std::string line;
  for (const std::string& field : fields) line += (line.empty() ? "" : " & ") + field;
  return line + " \\\\\n";
}

/// Lines that LaTeX passes over.
std::string comment(const Block& block) {
  std::istringstream lines(block.table.empty() ? block.text : io::text_table(block.table));
  std::string text;
  for (std::string line; std::getline(lines, line);) text += "% " + line + "\n";
  return text;
}

/// The printed mean of the algorithm that ranks first on a data set; "" if there is none.
std::string best_mean(const std::vector<eval::Standing>& standings, bool regression) {
  const auto best = std::min_element(standings.begin(), standings.end(),
                                     [](const auto& a, const auto& b) { return a.rank < b.rank; });
  return best->mean && best->failed == 0 ? figure(best->mean->mean, regression) : "";
}

/// `bold`: the mean to be in bold.
std::string tex_standing(const eval::Standing& standing, const std::string& mark, const std::string& bold,
                         bool regression) {
  if (!standing.mean) return "failed";
  const std::string mean = figure(standing.mean->mean, regression);
  std::string text = standing.failed == 0 && mean == bold ? "\\textbf{" + mean + "}" : mean;
  if (standing.runs > 1) text += " $\\pm$ " + figure(standing.mean->sd, regression);
  if (!mark.empty()) text += " $^{" + mark + "}$";
  if (standing.failed > 0) text += " (" + std::to_string(standing.failed) + " failed)";
  return text;
}

std::string tex_accuracies(const Results& results, const eval::AccuracyComparison& comparison) {
  std::string text;
  for (std::size_t s = 0; s < results.datasets.size(); ++s) {
    const std::vector<eval::Standing>& standings = comparison.standings[s];
    const bool regression = results.experiment.regression();
    const std::string bold = best_mean(standings, regression);
    std::vector<std::string> line{tex(results.experiment.datasets[s].name)};
    for (std::size_t a = 0; a < standings.size(); ++a) {
      const std::string mark = significance_mark(comparison.t_tests[s], static_cast<Index>(a));
      line.push_back(tex_standing(standings[a], mark, bold, regression));
    }
    text += tex_line(line);
  }
  return text;
}

/// On how many data sets an algorithm ranks before the first one, beside it and behind it.
std::string win_tie_loss(const eval::AccuracyComparison& comparison, std::size_t algorithm) {
  int win = 0, tie = 0, loss = 0;
  for (const std::vector<eval::Standing>& standings : comparison.standings) {
    const double rank = standings[algorithm].rank, first = standings.front().rank;
    ++(rank < first ? win : rank > first ? loss : tie);
  }
  return std::to_string(win) + "/" + std::to_string(tie) + "/" + std::to_string(loss);
}

/// Over several data sets: the mean ranks, the best of them in bold, and the wins, ties and losses.
std::string tex_totals(const eval::AccuracyComparison& comparison) {
  const std::vector<double>& ranks = comparison.mean_ranks;
  const std::string best = two_digits(*std::min_element(ranks.begin(), ranks.end()));
  std::vector<std::string> rank_line{"mean rank"}, win_line{"win/tie/loss", "--"};
  for (const double rank : ranks) {
    const std::string text = two_digits(rank);
    rank_line.push_back(text == best ? "\\textbf{" + text + "}" : text);
  }
  for (std::size_t a = 1; a < ranks.size(); ++a) win_line.push_back(win_tie_loss(comparison, a));
  return "\\midrule\n" + tex_line(rank_line) + tex_line(win_line);
}

}  // namespace

std::string results_tex(const Results& results) {
  const eval::AccuracyComparison comparison = statistics_of(results);
  const ReportBlocks report = report_of(results, comparison);
  std::vector<std::string> header{"data set"};
  for (const AlgorithmChoice& algorithm : results.experiment.algorithms) header.push_back(tex(algorithm.name));
  std::string text = "% For \\input between \\begin{table} and \\end{table}; wants \\usepackage{booktabs}.\n";
  text += comment(report.protocol);
  if (results.datasets.size() > 1) {
    text += "% win/tie/loss: the data sets on which an algorithm ranks before, beside and behind " +
            shown(results.experiment.algorithms.front().name) + ".\n";
  }
  for (const Block& block : report.remarks) text += comment(block);
  text += "\\begin{tabular}{l" + std::string(header.size() - 1, 'r') + "}\n\\toprule\n" + tex_line(header) +
          "\\midrule\n" + tex_accuracies(results, comparison);
  if (results.datasets.size() > 1) text += tex_totals(comparison);
  return text + "\\bottomrule\n\\end{tabular}\n";
}

}  // namespace maha::experiment
