#include "cli/about.hpp"
#include "cli/app.hpp"
#include "cli/inputs/csv_input.hpp"
#include "core/error.hpp"
#include "core/stratified.hpp"
#include "data/table/records.hpp"
#include "eval/statistics/folds.hpp"

using namespace maha;

namespace {

enum Part { kTrain, kTest };

struct Plan {
  std::optional<double> test;
  std::optional<Index> folds, fold;
  std::optional<Part> part;
  std::optional<std::string> train_out, test_out, assign;
  std::uint64_t seed = 1;
  std::optional<std::string> output;

  void check() {
    if (test.has_value() == folds.has_value()) throw UsageError("give either --test SHARE or --folds K");
    const bool files = train_out || test_out;
    if (files + part.has_value() + assign.has_value() != 1) {
      throw UsageError("give one of --part, --train-out and --test-out, or --assign");
    }
    if (fold && !folds) throw UsageError("--fold: goes with --folds K");
    if (fold && assign) throw UsageError("--fold: goes without --assign, which writes the fold of each row");
    if (folds && !fold && !assign) {
      throw UsageError(std::string(part ? "--part needs" : "--train-out and --test-out need") +
                       " --fold N: which of the " + std::to_string(*folds) +
                       " folds is the test; or write the fold of each row by --assign NAME");
    }
    if (fold && *fold > *folds)
      throw UsageError("--fold: " + std::to_string(*fold) + " is none of the " + std::to_string(*folds) + " folds");
    if (files && output) throw UsageError("-o: goes with --part or --assign");
    if (!files && !output) output = "-";
  }

  /// The part of each row: kTrain or kTest; the fold, counted from 0, where all are assigned.
  std::vector<int> parts(const data::Records& records) const {
    const Labels strata = records.target.size() > 0 ? quantile_strata(records.target) : records.label;
    if (test) return eval::stratified_hold_out(strata, *test, seed, records.id);
    const std::vector<int> fold_of = eval::stratified_folds(strata, *folds, seed, records.id);
    return fold ? eval::fold_as_test(fold_of, *fold - 1) : fold_of;
  }

  void write(cli::App& app, const data::Records& records) const {
    const std::vector<int> part_of = cli::about(records.name, [&] { return parts(records); });
    std::vector<std::string> names;  // of folds: their numbers
    if (test) names = {"train", "test"};
    if (assign) data::write_with_column(app.out(*output), records, *assign, part_of, names);
    if (part) data::write_part(app.out(*output), records, part_of, *part);
    if (train_out) data::write_part(app.out(*train_out), records, part_of, kTrain);
    if (test_out) data::write_part(app.out(*test_out), records, part_of, kTest);
  }
};

}  // namespace

int main(int argc, char** argv) {
  cli::App app("maha-split");
  std::string file = "-";
  std::optional<std::string> group;
  Plan plan;
  app.rows("file", file, "CSV file; - is standard input");
  app.option("--test", plan.test, "hold out this share of the rows for testing", "SHARE").between(0, 1);
  app.option("--folds", plan.folds, "cut into K folds", "K").at_least(2);
  app.option("--fold", plan.fold, "the fold to test on, from 1", "F").at_least(1);
  app.choice("--part", plan.part, {{"train", kTrain}, {"test", kTest}}, "write these rows");
  app.main_output("--train-out", plan.train_out, "write the training rows to this file");
  app.main_output("--test-out", plan.test_out, "write the test rows to this file");
  app.option("--assign", plan.assign, "write all rows, with their part or fold as column NAME", "NAME");
  app.column("--group", group, "keep rows with the same value in this column together");
  app.option("--seed", plan.seed, "another seed, another split");
  app.main_output("-o,--output", plan.output, cli::Options::kOutputHelp);
  cli::CsvInput input(app, app, data::LabelUse::optional, data::FeatureUse::none, cli::Asked::label_or_target,
                      cli::LabelFiles::none);
  app.example("maha-split --test 0.3 datasets/wine.csv --train-out train.csv --test-out test.csv");
  app.example("maha-split --test 0.3 --target progression datasets/diabetes.csv --part test | head -3");
  app.example("maha-split --folds 10 --fold 3 --part test datasets/iris.csv");
  app.example("maha-split --folds 5 --assign fold < datasets/iris.csv | head -3");
  return app.run(argc, argv, [&] {
    plan.check();
    if (input.target_given()) input.want_target();
    if (!input.request.unlabeled) input.request.labels = data::LabelUse::required;
    if (group) {
      if (input.request.id) input.request.drop.push_back(*input.request.id);
      input.request.id = group;
    }
    const data::Records records = data::read_records(*input.open(file, true), input.dialect());
    cli::warn_of_skipped(app, records.name, std::ssize(records.text), records.rows_read);
    cli::say_doubts(app, records);
    plan.write(app, records);
  });
}
