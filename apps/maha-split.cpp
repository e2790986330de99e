#include "cli/app.hpp"
#include "cli/inputs/csv_input.hpp"
#include "cli/split/split_plan.hpp"
#include "data/table/records.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app("maha-split");
  std::string file = "-";
  std::optional<std::string> group;
  cli::SplitPlan plan;
  app.rows("file", file, "CSV file; - is standard input");
  app.option("--test", plan.test, "hold out this share of the rows for testing", "SHARE").between(0, 1);
  app.option("--folds", plan.folds, "cut into K folds", "K").at_least(2);
  app.option("--fold", plan.fold, "the fold to test on, from 1", "F").at_least(1);
  app.choice("--part", plan.part, {{"train", cli::SplitPlan::kTrain}, {"test", cli::SplitPlan::kTest}},
             "write these rows");
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
