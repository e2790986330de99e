#include "cli/knn/regression_choice.hpp"

#include "core/error.hpp"

namespace maha::cli {

RegressionChoice::RegressionChoice(App& app, CsvInput& input) : input_(input) {
  app.flag("--regress", regress_,
           "predict numbers, the mean of the k nearest; of the column --target, the model's, or the last");
}

bool RegressionChoice::asked(const std::optional<eval::Votes>& votes) {
  if (!regress_ && !input_.target_given()) return false;
  if (votes && *votes != eval::Votes::weighted)
    throw UsageError("--votes: numbers have a mean and no ties; only --votes weighted goes with --regress");
  input_.want_target();
  return true;
}

eval::Averaging RegressionChoice::averaging(const std::optional<eval::Votes>& votes) {
  return votes == eval::Votes::weighted ? eval::Averaging::weighted : eval::Averaging::plain;
}

}  // namespace maha::cli
