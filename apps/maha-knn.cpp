#include <algorithm>

#include "cli/app.hpp"
#include "cli/inputs/csv_input.hpp"
#include "cli/knn/energy_rule.hpp"
#include "cli/knn/knn_regression.hpp"
#include "cli/knn/reference_rows.hpp"
#include "cli/knn/regression_choice.hpp"
#include "core/error.hpp"
#include "data/reports/knn_report.hpp"
#include "data/table/utf8.hpp"
#include "data/words.hpp"
#include "neighbors/index.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app(
      "maha-knn",
      "Evaluate k-nearest-neighbour classification, or regression, under a learned or the Euclidean distance.");
  std::optional<std::string> test_path, predictions_path;
  std::string output = "-";
  std::vector<Index> ks{3};
  std::optional<eval::Votes> asked_votes;
  bool leave_one_out = false, json = false, energy = false, retrieval = false;
  std::optional<double> energy_margin;
  app.input("test", test_path,
            "CSV file of labelled rows to classify, or with the target; - or none is standard input");
  cli::CsvInput input(app, app, data::LabelUse::required, data::FeatureUse::read, cli::Asked::label_or_target);
  cli::ReferenceRows reference(app, input);
  app.flag("--leave-one-out", leave_one_out, "classify each training row by the others; reads no test file");
  app.option("-k,--neighbors", ks, "neighbours that vote; several values make as many reports", "K,...");
  app.choice("--votes", asked_votes, data::kVoteWords,
             "on a tie, lower k until one class leads (default), or take the lowest label; or weight by 1/distance");
  cli::RegressionChoice regression(app, input);
  app.choice("--rule", energy, {{"votes", false}, {"energy", true}},
             "classify by votes, or by the energy of an LMNN model with the k it was learned with");
  app.option("--energy-margin", energy_margin,
             "margin of a row against other classes in its energy, squared (default: 0)");
  app.flag("--retrieval", retrieval, "report recall@1, 5, 10, R-precision, MAP@R and MRR too");
  app.flag("--json", json, "report as JSON, an object a line for each k");
  app.output("--predictions", predictions_path, "write what each row was taken for to this CSV file");
  app.output(output);
  app.example("maha-knn --leave-one-out --train datasets/iris.csv");
  app.example("maha-split --test 0.3 datasets/wine.csv --train-out train.csv --test-out test.csv");
  app.example("maha-knn -k 1,3,5 --standardize --train train.csv test.csv --json");
  app.example("maha-knn --regress --leave-one-out -k 5,10 --standardize --train datasets/diabetes.csv");
  app.example("maha-knn --retrieval --standardize --train train.csv test.csv | tail -6");
  return app.run(argc, argv, [&] {
    const Index most = *std::max_element(ks.begin(), ks.end());
    cli::ReferenceRows::check_k(*std::min_element(ks.begin(), ks.end()));
    if (leave_one_out && test_path) throw UsageError("--leave-one-out reads no test file: " + *test_path);
    if (regression.asked(asked_votes)) {
      if (energy || retrieval) throw UsageError("--regress: goes without --rule energy and --retrieval");
      return cli::evaluate_regression(app, reference,
                                      {ks, cli::RegressionChoice::averaging(asked_votes), leave_one_out,
                                       test_path.value_or("-"), json, output, predictions_path});
    }
    const eval::Votes votes = asked_votes.value_or(eval::Votes::shrink);
    if (energy_margin && !energy) throw UsageError("--energy-margin goes with --rule energy");
    if (energy && leave_one_out) throw UsageError("--rule energy: goes without --leave-one-out");
    if (energy && retrieval) throw UsageError("--rule energy: goes without --retrieval");
    if (energy && !reference.has_model()) throw UsageError("--rule energy: wants a model of maha-lmnn: -m");

    data::Table train = reference.read(leave_one_out ? "" : test_path.value_or("-"));
    cli::ReferenceRows::check_k(most, train, leave_one_out);
    if (json) data::require_utf8_labels(train);
    data::Table test;
    if (!leave_one_out) test = reference.read_test(test_path.value_or("-"), train);
    if (json && !leave_one_out) data::require_utf8_labels(test);
    const data::Table& asked = leave_one_out ? train : test;
    const Threads threads = app.threads();
    std::optional<eval::Retrieval> found;
    std::vector<eval::KnnPrediction> predictions;
    if (energy) {
      predictions.push_back(cli::predict_by_energy(reference, train, test, energy_margin.value_or(0), threads));
    } else {
      const neighbors::NeighborIndex index(reference.map(train), threads);
      const Matrix queries = leave_one_out ? Matrix() : reference.map(test);
      predictions =
          eval::knn_vote(leave_one_out ? index.nearest_other(most, threads) : index.nearest(queries, most, threads),
                         train.y, ks, votes);
      if (retrieval && leave_one_out) found = eval::evaluate_retrieval(index, train.y, threads);
      if (retrieval && !leave_one_out) found = eval::evaluate_retrieval(index, train.y, queries, test.y, threads);
    }
    data::KnnReport report(asked, predictions, votes);
    if (energy) report.votes = "energy";
    report.algorithm = reference.algorithm();
    report.parameters = reference.parameters();
    report.retrieval = found;
    app.out(output).write(json ? data::knn_json(report) : data::knn_text(report));
    if (predictions_path) data::write_predictions(app.out(*predictions_path), asked, predictions);
  });
}
