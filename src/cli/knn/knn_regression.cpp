#include "cli/knn/knn_regression.hpp"

#include <algorithm>

#include "data/reports/regression_report.hpp"

namespace maha::cli {

void evaluate_regression(App& app, ReferenceRows& reference, const KnnTask& task, eval::Averaging averaging) {
  const Threads threads = app.threads();
  const Index most = *std::max_element(task.ks.begin(), task.ks.end());
  data::Table train = reference.read(task.leave_one_out ? "" : task.test_file());
  ReferenceRows::check_k(most, train, task.leave_one_out);
  if (task.leave_one_out) reference.note_same_rows(train);
  data::Table test;
  if (!task.leave_one_out) test = reference.read_test(task.test_file(), train);
  const neighbors::DealtIndex index = reference.index(train);
  const neighbors::NeighborLists nearest =
      task.leave_one_out ? index.nearest_other(most, threads) : index.nearest(reference.map(test), most, threads);
  if (!app.ranks().is_first()) return;
  const std::vector<eval::KnnEstimate> estimates = eval::knn_means(nearest, train.target, task.ks, averaging);
  const data::Table& asked = task.leave_one_out ? train : test;
  data::RegressionReport report(asked, estimates, averaging);
  report.algorithm = reference.algorithm();
  report.parameters = reference.parameters();
  app.out(task.output).write(task.json ? data::regression_json(report) : data::regression_text(report));
  if (task.predictions) data::write_estimates(app.out(*task.predictions), asked, estimates);
}

}  // namespace maha::cli
