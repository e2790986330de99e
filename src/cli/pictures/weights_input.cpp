#include "cli/pictures/weights_input.hpp"

#include "cli/inputs/model_io.hpp"
#include "core/error.hpp"
#include "plot/figures/figures.hpp"

namespace maha::cli {

WeightsInput::WeightsInput(App& app, Options& options) : app_(app) {
  options.input("file", file_, "model; - is standard input");
  options.option("--top", top_, "draw the N features of the largest weights", "N").at_least(1);
  options.flag("--share", share_, "with --data: shares of the mean squared distance, in place of weights");
  rows_.emplace(app, options, "CSV file with rows: weights by one standard deviation of each feature, without units");
}

plot::Picture WeightsInput::figure() {
  rows_->check();
  if (share_ && !rows_->given()) throw UsageError("--share: goes with --data FILE");
  const data::Model model = read_model(app_, file_);
  const std::optional<metric::Importance> found = rows_->importance(model);
  std::vector<std::string> features;
  for (Index j = 0; j < model.dims(); ++j) features.push_back(model.feature_name(j));
  if (!found) {
    return plot::weights_figure(features, model.linear().diagonal(), "squared distance by one unit of the feature",
                                top_);
  }
  if (share_) return plot::weights_figure(features, 100 * found->share, "share of the mean squared distance (%)", top_);
  return plot::weights_figure(features, found->scaled, "squared distance by one standard deviation", top_);
}

}  // namespace maha::cli
