/// The sections that are tables.

#include "core/text/counted.hpp"
#include "core/text/number.hpp"
#include "core/text/rounded.hpp"
#include "page/html.hpp"
#include "page/sections.hpp"

namespace maha::page {
namespace {

using Holds = Column::Holds;
using experiment::Block;

std::string paragraph(const std::string& text) { return "<p class=\"soft\">" + escaped(text) + "</p>\n"; }

/// + and - in words too.
std::string mark_html(const std::string& mark) {
  struct Mark {
    const char *kind, *sign, *words;
  };
  if (mark.empty()) return " <span class=\"mark\"></span>";
  const Mark shown = mark == "+"   ? Mark{"better", "+", "better"}
                     : mark == "=" ? Mark{"", "=", "equal differences"}
                                   : Mark{"worse", "−", "worse"};
  return std::string(" <span class=\"mark ") + shown.kind + "\"><span aria-hidden=\"true\">" + shown.sign +
         "</span><span class=\"sr\">" + shown.words + "</span></span>";
}

Field standing_field(const eval::Standing& standing, const std::string& mark, bool regression, bool best) {
  if (!standing.mean) return {"<span class=\"failed\">failed</span>", " "};
  const double mean = standing.mean->mean;
  std::string html = experiment::figure(mean, regression);
  if (standing.runs > 1) html += " <small>± " + experiment::figure(standing.mean->sd, regression) + "</small>";
  if (standing.failed > 0) html += " <span class=\"failed\">(" + std::to_string(standing.failed) + " failed)</span>";
  return {html + mark_html(mark), format_number(mean), best ? "best" : ""};
}

Field p_field(const std::optional<eval::TestResult>& result, double p) {
  return result ? number_field(p, rounded(p, 3)) : Field{"all differences equal", " "};
}

Field result_field(const experiment::Cell& cell, bool regression) {
  if (cell.failed()) return {"<span class=\"failed\">failed</span>", " "};
  const double value = regression ? cell.rmse : cell.accuracy();
  return number_field(value, experiment::figure(value, regression));
}

/// What is to be known of a run beside its figures.
std::string notes_of(const experiment::Cell& cell) {
  std::string notes = cell.failure;
  const auto add = [&](const std::string& note) { notes += (notes.empty() ? "" : "; ") + note; };
  if (cell.converged && !*cell.converged) add("not converged");
  for (const std::string& warning : cell.warnings) add(warning);
  return notes;
}

/// The runs on one data set.
Table runs_table(const Facts& facts, std::size_t set) {
  const experiment::Results& results = facts.results();
  bool repeated = false, folds = false, chosen = false, noted = false;
  for (const experiment::RunName& run : results.datasets[set].runs) {
    repeated |= run.repeat > 1;
    folds |= !run.fold.empty();
  }
  const auto is_here = [&](const experiment::Cell& cell) { return static_cast<std::size_t>(cell.dataset) == set; };
  for (const experiment::Cell& cell : results.cells) {
    chosen |= is_here(cell) && !cell.chosen.empty();
    noted |= is_here(cell) && !notes_of(cell).empty();
  }
  std::vector<Column> columns{{"algorithm", Holds::name}};
  if (repeated || !folds) columns.push_back({"repeat"});
  if (folds) columns.push_back({"fold", Holds::name});
  columns.insert(columns.end(), {{"training rows"}, {"test rows"}});
  if (!facts.regression()) columns.push_back({"errors"});
  columns.push_back({facts.regression() ? "RMSE" : "accuracy %", Holds::number, !facts.regression()});
  if (facts.part.has_times) columns.insert(columns.end(), {{"fit, s"}, {"test, s"}});
  if (chosen) columns.push_back({"chosen", Holds::text});
  if (noted) columns.push_back({"notes", Holds::text});
  Table table("Every run on " + facts.dataset(set) + ".", columns);
  for (const experiment::Cell& cell : results.cells) {
    if (!is_here(cell)) continue;
    const experiment::RunName& run = results.run_of(cell);
    std::vector<Field> row{text_field(results.algorithm_of(cell).name)};
    if (repeated || !folds) row.push_back(count_field(run.repeat));
    if (folds) row.push_back(text_field(run.fold));
    row.push_back(count_field(cell.train_rows));
    row.push_back(count_field(cell.test_rows));
    if (!facts.regression()) row.push_back(cell.failed() ? Field{""} : count_field(cell.errors));
    row.push_back(result_field(cell, facts.regression()));
    if (facts.part.has_times) {
      row.push_back(number_field(cell.fit_seconds, rounded(cell.fit_seconds, 3)));
      row.push_back(number_field(cell.test_seconds, rounded(cell.test_seconds, 3)));
    }
    if (chosen) row.push_back(text_field(cell.chosen));
    if (noted) row.push_back(text_field(notes_of(cell)));
    table.add(std::move(row));
  }
  return table;
}

std::string details(const std::string& summary, const std::string& html) {
  return "<details><summary>" + escaped(summary) + "</summary>\n" + html + "</details>\n";
}

}  // namespace

Section accuracy_section(const Facts& facts) {
  const bool ranked = facts.datasets() > 1, regression = facts.regression();
  std::vector<Column> columns{{"algorithm", Holds::name}};
  if (ranked) columns.push_back({"mean rank"});
  for (std::size_t s = 0; s < facts.datasets(); ++s) columns.push_back({facts.dataset(s), Holds::number, !regression});
  Table table(facts.report.protocol.text + " The best of each data set is bold.", columns);
  for (const std::size_t a : facts.order) {
    std::vector<Field> row{text_field(facts.algorithm(a))};
    const double rank = facts.statistics.mean_ranks[a];
    if (ranked) row.push_back(number_field(rank, experiment::two_digits(rank)));
    for (std::size_t s = 0; s < facts.datasets(); ++s) {
      const eval::Standing& standing = facts.statistics.standings[s][a];
      const auto best = facts.best(s);
      const bool alike = best && standing.mean && standing.failed == 0 &&
                         standing.mean->mean == facts.statistics.standings[s][*best].mean->mean;
      row.push_back(standing_field(standing,
                                   experiment::significance_mark(facts.statistics.t_tests[s], static_cast<Index>(a)),
                                   regression, alike));
    }
    table.add(std::move(row));
  }
  std::string html = table.html(facts.id + "accuracy-table", ranked ? 1 : -1);
  for (const Block& remark : facts.report.remarks) {
    if (remark.about == Block::About::marks) html += paragraph(remark.text);
  }
  return {"accuracy", regression ? "RMSE" : "Accuracy", html};
}

Section tests_section(const Facts& facts) {
  std::string html;
  if (const auto& friedman = facts.statistics.friedman) {
    html += paragraph("Friedman's test over " + std::to_string(facts.datasets()) + " data sets: chi-squared " +
                      rounded(friedman->statistic) + ", " + std::to_string(facts.algorithms() - 1) +
                      " degrees of freedom, p = " + rounded(friedman->p, 3) + ".");
  }
  Table wilcoxon("Wilcoxon's signed-rank tests over the data sets, of each two algorithms.",
                 {{"first", Holds::name}, {"second", Holds::name}, {"statistic"}, {"p"}, {"p, Holm-corrected"}});
  for (const eval::PairTest& test : facts.statistics.wilcoxon) {
    const auto first = static_cast<std::size_t>(test.first), second = static_cast<std::size_t>(test.second);
    wilcoxon.add({text_field(facts.algorithm(first)), text_field(facts.algorithm(second)),
                  test.result ? number_field(test.result->statistic, rounded(test.result->statistic)) : Field{"", " "},
                  p_field(test.result, test.result ? test.result->p : 1), p_field(test.result, test.adjusted)});
  }
  Table t_tests(
      "Corrected resampled t-tests on each data set (Nadeau and Bengio 2003); t is positive where the first "
      "algorithm is better.",
      {{"first", Holds::name}, {"second", Holds::name}, {"data set", Holds::name}, {"t"}, {"p"}});
  for (std::size_t s = 0; s < facts.datasets(); ++s) {
    for (const eval::PairTest& test : facts.statistics.t_tests[s]) {
      if (test.first != 0) continue;  // all pairs would be most of the page
      t_tests.add({text_field(facts.algorithm(0)), text_field(facts.algorithm(static_cast<std::size_t>(test.second))),
                   text_field(facts.dataset(s)),
                   test.result ? number_field(test.result->statistic, rounded(test.result->statistic)) : Field{"", " "},
                   p_field(test.result, test.result ? test.result->p : 1)});
    }
  }
  if (!wilcoxon.empty()) html += details("Each two, over all data sets", wilcoxon.html(facts.id + "wilcoxon-table"));
  if (!t_tests.empty()) {
    html += details("Against " + facts.algorithm(0) + ", on each data set", t_tests.html(facts.id + "t-table"));
  }
  return {"tests", "What is chance", html};
}

Section times_section(const Facts& facts) {
  if (!facts.part.has_times) return {};
  std::vector<std::vector<double>> fit(facts.algorithms(), std::vector<double>(facts.datasets()));
  std::vector<double> test(facts.algorithms()), all(facts.algorithms());
  for (const experiment::Cell& cell : facts.results().cells) {
    const auto a = static_cast<std::size_t>(cell.algorithm), s = static_cast<std::size_t>(cell.dataset);
    fit[a][s] += cell.fit_seconds / static_cast<double>(facts.results().datasets[s].runs.size());
    test[a] += cell.test_seconds;
    all[a] += cell.fit_seconds;
  }
  std::vector<Column> columns{{"algorithm", Holds::name}, {"all fits"}, {"all tests"}};
  for (std::size_t s = 0; s < facts.datasets(); ++s) columns.push_back({facts.dataset(s)});
  Table table("Seconds: of all runs together, and of a fit on each data set, the mean over its runs.", columns);
  for (const std::size_t a : facts.order) {
    std::vector<Field> row{text_field(facts.algorithm(a)), number_field(all[a], rounded(all[a], 3)),
                           number_field(test[a], rounded(test[a], 3))};
    for (const double seconds : fit[a]) row.push_back(number_field(seconds, rounded(seconds, 3)));
    table.add(std::move(row));
  }
  return {"times", "Times", table.html(facts.id + "times-table")};
}

Section chosen_section(const Facts& facts) {
  std::string html;
  for (const Block& remark : facts.report.remarks) {
    const bool failure = remark.about == Block::About::failures;
    if (!failure && remark.about != Block::About::chosen) continue;
    const auto& header = remark.table.front();
    Table table(failure ? "Why there is no result, and in how many runs."
                        : "Values that cross-validation within the training rows chose, and in how many runs.",
                {{header[0], Holds::name}, {header[1], Holds::name}, {header[2], Holds::text}});
    for (std::size_t r = 1; r < remark.table.size(); ++r) {
      const auto& row = remark.table[r];
      table.add({text_field(row[0]), text_field(row[1]), text_field(row[2])});
    }
    html += table.html(facts.id + (failure ? "failed-table" : "chosen-table"));
  }
  return {"chosen", "Chosen and failed", html};
}

Section sets_section(const Facts& facts) {
  std::vector<Column> columns{{"data set", Holds::name}, {"rows"}, {"features"}};
  if (!facts.regression()) columns.push_back({"classes"});
  columns.insert(columns.end(), {{"runs"}, {"best", Holds::name}, {"checksum", Holds::name}});
  Table table("What was read. The checksum is of the numbers and classes of all rows.", columns);
  for (std::size_t s = 0; s < facts.datasets(); ++s) {
    const experiment::DataSetFacts& set = facts.results().datasets[s];
    std::vector<Field> row{text_field(facts.dataset(s)), count_field(set.rows), count_field(set.features)};
    if (!facts.regression()) row.push_back(count_field(set.classes));
    const auto best = facts.best(s);
    row.push_back(count_field(static_cast<long>(set.runs.size())));
    row.push_back(text_field(best ? facts.algorithm(*best) : ""));
    row.push_back(text_field(set.checksum));
    table.add(std::move(row));
  }
  return {"sets", "Data sets", table.html(facts.id + "sets-table")};
}

Section runs_section(const Facts& facts) {
  std::string html;
  for (std::size_t s = 0; s < facts.datasets(); ++s) {
    const std::size_t runs = facts.results().datasets[s].runs.size();
    html += details(facts.dataset(s) + ": " + counted(runs, "run") + " of each",
                    runs_table(facts, s).html(facts.id + "runs-table-" + std::to_string(s + 1)));
  }
  return {"runs", "Every run", html};
}

}  // namespace maha::page
