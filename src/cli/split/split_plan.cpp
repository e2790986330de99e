#include "cli/split/split_plan.hpp"

#include "cli/about.hpp"
#include "core/error.hpp"
#include "core/stratified.hpp"
#include "eval/statistics/folds.hpp"

namespace maha::cli {

void SplitPlan::check() {
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

std::vector<int> SplitPlan::parts(const data::Records& records) const {
  const Labels strata = records.target.size() > 0 ? quantile_strata(records.target) : records.label;
  if (test) return eval::stratified_hold_out(strata, *test, seed, records.id);
  const std::vector<int> fold_of = eval::stratified_folds(strata, *folds, seed, records.id);
  return fold ? eval::fold_as_test(fold_of, *fold - 1) : fold_of;
}

void SplitPlan::write(App& app, const data::Records& records) const {
  const std::vector<int> part_of = about(records.name, [&] { return parts(records); });
  std::vector<std::string> names;  // of folds: their numbers
  if (test) names = {"train", "test"};
  if (assign) data::write_with_column(app.out(*output), records, *assign, part_of, names);
  if (part) data::write_part(app.out(*output), records, part_of, *part);
  if (train_out) data::write_part(app.out(*train_out), records, part_of, kTrain);
  if (test_out) data::write_part(app.out(*test_out), records, part_of, kTest);
}

}  // namespace maha::cli
