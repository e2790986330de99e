#include <doctest/doctest.h>

#include "experiment/results/results.hpp"

using namespace maha;
using namespace maha::experiment;

namespace {

/// Data sets by name, algorithms by name, and of each [data set][algorithm] the errors in runs of 100 test rows; -1 for
/// a run that failed.
Results results_of(const std::vector<std::string>& sets, const std::vector<std::string>& algorithms,
                   const std::vector<std::vector<std::vector<Index>>>& errors) {
  Results results;
  for (const std::string& name : algorithms) results.experiment.algorithms.push_back({name, "cov"});
  for (std::size_t s = 0; s < sets.size(); ++s) {
    DataSet& set = results.experiment.datasets.emplace_back();
    set.name = sets[s];
    set.file = "file";
    results.datasets.push_back({200, 2, 2, "", {}});
    for (std::size_t r = 0; r < errors[s][0].size(); ++r) {
      results.datasets[s].runs.push_back({1, std::to_string(r + 1), 100, 100});
    }
    for (std::size_t a = 0; a < algorithms.size(); ++a) {
      for (std::size_t r = 0; r < errors[s][a].size(); ++r) {
        const Index count = errors[s][a][r];
        Cell& cell = results.cells.emplace_back();
        cell.dataset = static_cast<Index>(s);
        cell.algorithm = static_cast<Index>(a);
        cell.run = static_cast<Index>(r);
        cell.train_rows = cell.test_rows = 100;
        cell.errors = std::max<Index>(count, 0);
        if (count < 0) cell.failure = "failed\nin two lines";
      }
    }
  }
  return results;
}

/// Without comments.
std::string table(const Results& results) {
  std::istringstream lines(results_tex(results));
  std::string text;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("%")) text += line + "\n";
  }
  return text;
}

/// The name as the header of a table has it.
std::string in_tex(const std::string& name) {
  const std::string text = table(results_of({"s"}, {name}, {{{0}}})), before = "data set & ";
  const std::size_t at = text.find(before) + before.size();
  return text.substr(at, text.find(" \\\\", at) - at);
}

}  // namespace

TEST_CASE("LaTeX: the best of each line in bold, as printed; ranks, wins, ties and losses over several sets") {
  const Results results =
      results_of({"a", "b", "c"}, {"one", "two", "three"},
                 {{{10, 10, 10}, {10, 11, 9}, {20, 22, 20}}, {{5, 5, 6}, {1, 1, 1}, {-1, 0, 0}}, {{7}, {8}, {-1}}});
  CHECK(table(results) == R"(\begin{tabular}{lrrr}
\toprule
data set & one & two & three \\
\midrule
a & \textbf{90.00} $\pm$ 0.00 & \textbf{90.00} $\pm$ 1.00 & 79.33 $\pm$ 1.15 $^{-}$ \\
b & 94.67 $\pm$ 0.58 & \textbf{99.00} $\pm$ 0.00 $^{+}$ & 100.00 $\pm$ 0.00 (1 failed) \\
c & \textbf{93.00} & 92.00 & failed \\
\midrule
mean rank & \textbf{1.50} & \textbf{1.50} & 3.00 \\
win/tie/loss & -- & 1/1/1 & 0/0/3 \\
\bottomrule
\end{tabular}
)");
  CHECK(table(results_of({"a"}, {"one", "two"}, {{{10}, {-1}}})) == R"(\begin{tabular}{lrr}
\toprule
data set & one & two \\
\midrule
a & \textbf{90.00} & failed \\
\bottomrule
\end{tabular}
)");
}

TEST_CASE(
    "LaTeX: an algorithm that failed in a run loses to one that did not, the first one too; two that failed tie") {
  const Results results = results_of({"a", "b"}, {"one", "two"}, {{{0, -1}, {90, 90}}, {{0, -1}, {50, -1}}});
  CHECK(table(results).find("win/tie/loss & -- & 1/1/0 ") != std::string::npos);
  CHECK(results_tex(results).find("on which an algorithm ranks before, beside and behind one.\n") != std::string::npos);
}

TEST_CASE("LaTeX: names are what they are, whatever LaTeX makes of their characters") {
  CHECK(in_tex("lmnn:k=3") == "lmnn:k=3");
  CHECK(in_tex(R"(a\b{c}$&#%_^~)") == R"(a\textbackslash{}b\{c\}\$\&\#\%\_\textasciicircum{}\textasciitilde{})");
  CHECK(in_tex("<a|b>\"`") == R"(\textless{}a\textbar{}b\textgreater{}\symbol{34}\symbol{96})");
  CHECK(in_tex("[1]*") == "{[}1]{*}");
  CHECK(in_tex("a--b,,c''") == "a-{}-{}b,{},{}c'{}'{}");
  CHECK(in_tex("two\nlines") == R"(two\textbackslash{}nlines)");
  CHECK(in_tex("gr\xc3\xbcn") == "gr\xc3\xbcn");
}

TEST_CASE("LaTeX: every line before the table is a comment, whatever a failure says") {
  const std::string text =
      results_tex(results_of({"a\nb", "c"}, {"one", "two"}, {{{1, 2, 4}, {9, 9, -1}}, {{0}, {1}}}));
  std::istringstream lines(text);
  std::string line;
  while (std::getline(lines, line) && line != "\\begin{tabular}{lrr}") CHECK(line.starts_with("% "));
  CHECK(text.find("failed\\nin two lines") != std::string::npos);
  CHECK(text.find("Friedman's test") != std::string::npos);
}
