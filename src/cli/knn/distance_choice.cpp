#include "cli/knn/distance_choice.hpp"

#include "cli/about.hpp"
#include "core/error.hpp"

namespace maha::cli {

DistanceChoice::DistanceChoice(App& app) : app_(app) {
  app.input("-m,--model", model_path_, "measure by the distance of this model (default: Euclidean)");
  app.add(scaling_);
}

void DistanceChoice::check() const {
  prepare::check(scaling_);
  if (!model_path_ || !scaling_.any()) return;
  const std::string what = scaling_.kernel.any() ? "--kernel goes" : "--scale and --pca go";
  throw UsageError(what + " without a model, which has its own inside");
}

void DistanceChoice::read_model() {
  if (model_path_) model_ = cli::read_model(app_, *model_path_);
}

metric::Metric DistanceChoice::metric() const {
  if (model_) return model_->linear();
  return preprocessing_->fold(metric::Metric::euclidean(preprocessing_->reduced_dims()));
}

data::Table DistanceChoice::read(CsvInput& input, const std::string& path) {
  const std::optional<Deal> deal = app_.ranks().is_alone() ? std::nullopt : std::optional<Deal>(app_.ranks());
  if (model_) return input.read(path, learned_columns(*model_), deal);
  if (!scaling_.any()) {
    data::Table table = input.read(path, deal);
    preprocessing_ = prepare::fit_preprocessing(Matrix::Zero(1, table.X.cols()), scaling_, app_.threads());
    return table;
  }
  data::Table table = input.read(path);
  preprocessing_ = about(table.name, [&] { return prepare::fit_preprocessing(table.X, scaling_, app_.threads()); });
  if (deal) {
    Matrix own = table.X.release();
    deal->keep_own(own, 0);
    table.X = std::move(own);
  }
  return table;
}

}  // namespace maha::cli
