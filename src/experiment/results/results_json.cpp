#include "experiment/experiment_json.hpp"
#include "experiment/results/results.hpp"
#include "io/json_keys.hpp"

namespace maha::experiment {
namespace {

io::Json json_of(const DataSet& set, const DataSetFacts& facts) {
  return {{"name", set.name},
          {"rows", facts.rows},
          {"features", facts.features},
          {"classes", facts.classes},
          {"checksum", facts.checksum}};
}

io::Json json_of(const std::string& set, const std::string& algorithm, const eval::Standing& standing,
                 bool regression) {
  io::Json json{{"dataset", set}, {"algorithm", algorithm}, {"runs", standing.runs}, {"failed", standing.failed}};
  json[regression ? "rmse" : "accuracy"] = standing.mean ? io::Json(standing.mean->mean) : io::Json();
  json["sd"] = standing.mean ? io::Json(standing.mean->sd) : io::Json();
  json["rank"] = standing.rank;
  return json;
}

io::Json json_of(const Results& results, const Cell& cell) {
  const RunName& run = results.run_of(cell);
  io::Json json{{"dataset", results.dataset_of(cell).name}, {"algorithm", results.algorithm_of(cell).name}};
  json["repeat"] = run.repeat;
  if (!run.fold.empty()) json["fold"] = run.fold;
  json["train_rows"] = cell.train_rows;
  json["test_rows"] = cell.test_rows;
  if (cell.failed()) {
    json["failure"] = cell.failure;
    return json;
  }
  if (results.experiment.regression()) {
    json["rmse"] = cell.rmse;
  } else {
    json["errors"] = cell.errors;
    json["accuracy"] = cell.accuracy();
  }
  if (!cell.chosen.empty()) json["chosen"] = cell.chosen;
  if (cell.converged) json["converged"] = *cell.converged;
  if (!cell.warnings.empty()) json["warnings"] = cell.warnings;
  return json;
}

/// A list with an item a line. No run is lost for the bytes of a message; names have been looked at before the first
/// run.
class Lines {
 public:
  void add(const io::Json& json) { text_ += (text_.empty() ? "\n    " : ",\n    ") + io::dump_replacing(json); }
  std::string text() const { return "[" + text_ + (text_.empty() ? "]" : "\n  ]"); }

 private:
  std::string text_;
};

}  // namespace

std::string results_json(const Results& results) {
  const eval::AccuracyComparison comparison = statistics_of(results);
  const auto& sets = results.experiment.datasets;
  const auto& algorithms = results.experiment.algorithms;
  const auto name = [&](Index a) { return algorithms[static_cast<std::size_t>(a)].name; };
  const auto pair = [&](const eval::PairTest& test) {
    return io::Json{{"first", name(test.first)}, {"second", name(test.second)}};
  };

  io::Json names = io::Json::array();
  for (const AlgorithmChoice& algorithm : algorithms) names.push_back(algorithm.name);
  Lines facts, summary, ranks, cells, t_tests, wilcoxon;
  for (std::size_t s = 0; s < sets.size(); ++s) {
    facts.add(json_of(sets[s], results.datasets[s]));
    for (std::size_t a = 0; a < algorithms.size(); ++a) {
      summary.add(
          json_of(sets[s].name, algorithms[a].name, comparison.standings[s][a], results.experiment.regression()));
    }
    for (const eval::PairTest& test : comparison.t_tests[s]) {
      io::Json json{{"dataset", sets[s].name}};
      json.update(pair(test));
      json["t"] = test.result ? io::Json(test.result->statistic) : io::Json();
      json["p"] = test.result ? io::Json(test.result->p) : io::Json();
      if (!test.result) json["note"] = "all differences equal";
      t_tests.add(json);
    }
  }
  for (std::size_t a = 0; a < algorithms.size(); ++a) {
    ranks.add({{"algorithm", algorithms[a].name}, {"rank", comparison.mean_ranks[a]}});
  }
  for (const eval::PairTest& test : comparison.wilcoxon) {
    io::Json json = pair(test);
    json["statistic"] = test.result->statistic;
    json["p"] = test.result->p;
    json["holm"] = test.adjusted;
    wilcoxon.add(json);
  }
  for (const Cell& cell : results.cells) cells.add(json_of(results, cell));
  io::Json friedman;
  if (comparison.friedman) {
    friedman = {{"chi_squared", comparison.friedman->statistic},
                {"degrees", algorithms.size() - 1},
                {"p", comparison.friedman->p}};
  }
  std::string text = "{\n  \"format\": \"maha-results\",\n  \"version\": 1";
  const auto put = [&](const std::string& key, const std::string& value) { text += ",\n  \"" + key + "\": " + value; };
  put("experiment", format_experiment(results.experiment));
  put("datasets", facts.text());
  put("algorithms", io::dump_json(names));
  put("summary", summary.text());
  put("ranks", ranks.text());
  put("cells", cells.text());
  put("t_tests", t_tests.text());
  put("friedman", io::dump_json(friedman));
  put("wilcoxon", wilcoxon.text());
  return text + "\n}\n";
}

}  // namespace maha::experiment
