#include <algorithm>

#include "cli/app.hpp"
#include "cli/inputs/csv_input.hpp"
#include "cli/knn/knn_classification.hpp"
#include "cli/knn/knn_regression.hpp"
#include "cli/knn/reference_rows.hpp"
#include "cli/knn/regression_choice.hpp"
#include "core/error.hpp"
#include "data/words.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app("maha-knn");
  cli::KnnTask task;
  cli::KnnRule rule;
  app.rows("test", task.test, "CSV file of labelled rows to classify, or with the target; - or none is standard input");
  cli::CsvInput input(app, app, data::LabelUse::required, data::FeatureUse::read, cli::Asked::label_or_target,
                      cli::LabelFiles::two);
  cli::ReferenceRows reference(app, input);
  app.flag("--leave-one-out", task.leave_one_out, "classify each training row by the others; reads no test file");
  app.option("-k,--neighbors", task.ks, "neighbours that vote; several values make as many reports", "K,...");
  app.choice("--votes", rule.votes, data::kVoteWords,
             "on a tie, lower k until one class leads (default), or take the lowest label; or weight by 1/distance");
  cli::RegressionChoice regression(app, input);
  app.choice("--rule", rule.energy, {{"votes", false}, {"energy", true}},
             "classify by votes, or by the energy of an LMNN model with the k it was learned with");
  app.option("--energy-margin", rule.energy_margin,
             "margin of a row against other classes in its energy, squared (default: 0)");
  app.flag("--retrieval", rule.retrieval, "report recall@1, 5, 10, R-precision, MAP@R and MRR too");
  app.flag("--json", task.json, "report as JSON, an object a line for each k");
  app.output("--predictions", task.predictions, "write what each row was taken for to this CSV file");
  app.output(task.output);
  app.without_file(", or test each training row on the others: --leave-one-out");
  app.example("maha-knn --leave-one-out --train datasets/iris.csv");
  app.example("maha-split --test 0.3 datasets/wine.csv --train-out train.csv --test-out test.csv");
  app.example("maha-knn -k 1,3,5 --standardize --train train.csv test.csv --json");
  app.example("maha-knn --regress --leave-one-out -k 5,10 --standardize --train datasets/diabetes.csv");
  app.example("maha-knn --retrieval --standardize --train train.csv test.csv | tail -6");
  app.work_on_ranks();
  return app.run(argc, argv, [&] {
    cli::ReferenceRows::check_k(*std::min_element(task.ks.begin(), task.ks.end()));
    if (task.leave_one_out && task.test) throw UsageError("--leave-one-out reads no test file: " + *task.test);
    if (task.leave_one_out) input.refuse_second_labels();
    if (regression.asked(rule.votes)) {
      if (rule.energy || rule.retrieval) throw UsageError("--regress: goes without --rule energy and --retrieval");
      return cli::evaluate_regression(app, reference, task, cli::RegressionChoice::averaging(rule.votes));
    }
    cli::check(rule, task, reference, app.ranks());
    cli::evaluate_classification(app, reference, task, rule);
  });
}
