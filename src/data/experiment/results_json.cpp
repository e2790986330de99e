#include "data/experiment/experiment_json.hpp"
#include "data/experiment/results.hpp"
#include "data/io/json_keys.hpp"

namespace maha {
namespace {

Json json_of(const DataSet& set, const DataSetFacts& facts) {
  return {{"name", set.name},
          {"rows", facts.rows},
          {"features", facts.features},
          {"classes", facts.classes},
          {"checksum", facts.checksum}};
}

Json json_of(const std::string& set, const std::string& algorithm, const Standing& standing) {
  Json json{{"dataset", set}, {"algorithm", algorithm}, {"runs", standing.runs}, {"failed", standing.failed}};
  json["accuracy"] = standing.mean ? Json(standing.mean->mean) : Json();
  json["sd"] = standing.mean ? Json(standing.mean->sd) : Json();
  json["rank"] = standing.rank;
  return json;
}

Json json_of(const Results& results, const Cell& cell) {
  const RunName& run = results.run_of(cell);
  Json json{{"dataset", results.dataset_of(cell).name}, {"algorithm", results.algorithm_of(cell).name}};
  json["repeat"] = run.repeat;
  if (!run.fold.empty()) json["fold"] = run.fold;
  json["train_rows"] = cell.train_rows;
  json["test_rows"] = cell.test_rows;
  if (cell.failed()) {
    json["failure"] = cell.failure;
    return json;
  }
  json["errors"] = cell.errors;
  json["accuracy"] = cell.accuracy();
  if (!cell.chosen.empty()) json["chosen"] = cell.chosen;
  if (cell.converged) json["converged"] = *cell.converged;
  if (!cell.warnings.empty()) json["warnings"] = cell.warnings;
  return json;
}

/// A list with an item a line. No run is lost for the bytes of a message; names have been looked at before the first
/// run.
class Lines {
 public:
  void add(const Json& json) { text_ += (text_.empty() ? "\n    " : ",\n    ") + dump_replacing(json); }
  std::string text() const { return "[" + text_ + (text_.empty() ? "]" : "\n  ]"); }

 private:
  std::string text_;
};

}  // namespace

std::string results_json(const Results& results) {
  const AccuracyComparison comparison = statistics_of(results);
  const auto& sets = results.experiment.datasets;
  const auto& algorithms = results.experiment.algorithms;
  const auto name = [&](Index a) { return algorithms[static_cast<std::size_t>(a)].name; };
  const auto pair = [&](const PairTest& test) {
    return Json{{"first", name(test.first)}, {"second", name(test.second)}};
  };

  Json names = Json::array();
  for (const AlgorithmChoice& algorithm : algorithms) names.push_back(algorithm.name);
  Lines facts, summary, ranks, cells, t_tests, wilcoxon;
  for (std::size_t s = 0; s < sets.size(); ++s) {
    facts.add(json_of(sets[s], results.datasets[s]));
    for (std::size_t a = 0; a < algorithms.size(); ++a) {
      summary.add(json_of(sets[s].name, algorithms[a].name, comparison.standings[s][a]));
    }
    for (const PairTest& test : comparison.t_tests[s]) {
      Json json{{"dataset", sets[s].name}};
      json.update(pair(test));
      json["t"] = test.result ? Json(test.result->statistic) : Json();
      json["p"] = test.result ? Json(test.result->p) : Json();
      if (!test.result) json["note"] = "all differences equal";
      t_tests.add(json);
    }
  }
  for (std::size_t a = 0; a < algorithms.size(); ++a) {
    ranks.add({{"algorithm", algorithms[a].name}, {"rank", comparison.mean_ranks[a]}});
  }
  for (const PairTest& test : comparison.wilcoxon) {
    Json json = pair(test);
    json["statistic"] = test.result->statistic;
    json["p"] = test.result->p;
    json["holm"] = test.adjusted;
    wilcoxon.add(json);
  }
  for (const Cell& cell : results.cells) cells.add(json_of(results, cell));
  Json friedman;
  if (comparison.friedman) {
    friedman = {{"chi_squared", comparison.friedman->statistic},
                {"degrees", algorithms.size() - 1},
                {"p", comparison.friedman->p}};
  }
  std::string text = "{\n  \"format\": \"maha-results\",\n  \"version\": 1";
  const auto put = [&](const std::string& key, const std::string& value) { text += ",\n  \"" + key + "\": " + value; };
  put("experiment", format_experiment(results.experiment));
  put("datasets", facts.text());
  put("algorithms", dump_json(names));
  put("summary", summary.text());
  put("ranks", ranks.text());
  put("cells", cells.text());
  put("t_tests", t_tests.text());
  put("friedman", dump_json(friedman));
  put("wilcoxon", wilcoxon.text());
  return text + "\n}\n";
}

}  // namespace maha
