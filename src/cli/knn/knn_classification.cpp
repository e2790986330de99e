#include "cli/knn/knn_classification.hpp"

#include <algorithm>

#include "cli/knn/energy_rule.hpp"
#include "core/error.hpp"
#include "data/reports/knn_report.hpp"
#include "data/table/utf8.hpp"

namespace maha::cli {

void check(const KnnRule& rule, const KnnTask& task, const ReferenceRows& reference, const Ranks& ranks) {
  for (const auto& [asked, option] :
       {std::pair(rule.retrieval, "--retrieval"), std::pair(rule.energy, "--rule energy")}) {
    if (asked && !ranks.is_alone()) throw UsageError(std::string(option) + ": goes without mpirun, in one process");
  }
  if (rule.energy_margin && !rule.energy) throw UsageError("--energy-margin goes with --rule energy");
  if (!rule.energy) return;
  if (task.leave_one_out) throw UsageError("--rule energy: goes without --leave-one-out");
  if (rule.retrieval) throw UsageError("--rule energy: goes without --retrieval");
  if (!reference.has_model()) throw UsageError("--rule energy: wants a model of maha-lmnn: -m");
}

void evaluate_classification(App& app, ReferenceRows& reference, const KnnTask& task, const KnnRule& rule) {
  const Threads threads = app.threads();
  const Index most = *std::max_element(task.ks.begin(), task.ks.end());
  data::Table train = reference.read(task.leave_one_out ? "" : task.test_file());
  ReferenceRows::check_k(most, train, task.leave_one_out);
  if (task.leave_one_out) reference.note_same_rows(train);
  if (task.json) data::require_utf8_labels(train);
  data::Table test;
  if (!task.leave_one_out) test = reference.read_test(task.test_file(), train);
  if (task.json && !task.leave_one_out) data::require_utf8_labels(test);

  std::optional<eval::Retrieval> found;
  std::vector<eval::KnnPrediction> predictions;
  const eval::Votes votes = rule.votes.value_or(eval::Votes::shrink);
  if (rule.energy) {
    predictions.push_back(predict_by_energy(reference, train, test, rule.energy_margin.value_or(0), threads));
  } else {
    const neighbors::DealtIndex index = reference.index(train);
    const SharedRows queries = task.leave_one_out ? SharedRows() : reference.map(test);
    const neighbors::NeighborLists nearest =
        task.leave_one_out ? index.nearest_other(most, threads) : index.nearest(queries, most, threads);
    if (!app.ranks().is_first()) return;
    predictions = eval::knn_vote(nearest, train.y, task.ks, votes);
    if (rule.retrieval && task.leave_one_out) found = eval::evaluate_retrieval(*index.own(), train.y, threads);
    if (rule.retrieval && !task.leave_one_out)
      found = eval::evaluate_retrieval(*index.own(), train.y, queries, test.y, threads);
  }

  const data::Table& asked = task.leave_one_out ? train : test;
  data::KnnReport report(asked, predictions, votes);
  if (rule.energy) report.votes = "energy";
  report.algorithm = reference.algorithm();
  report.parameters = reference.parameters();
  report.retrieval = found;
  app.out(task.output).write(task.json ? data::knn_json(report) : data::knn_text(report));
  if (task.predictions) data::write_predictions(app.out(*task.predictions), asked, predictions);
}

}  // namespace maha::cli
