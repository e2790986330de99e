#include "cli/knn/energy_rule.hpp"

#include "cli/about.hpp"
#include "cli/learner/fitted.hpp"
#include "core/error.hpp"
#include "eval/knn/energy.hpp"
#include "learn/lmnn/options.hpp"

namespace maha::cli {
namespace {

learn::lmnn::LmnnOptions options_of_fit(const data::Model& model) {
  const std::optional<learn::lmnn::LmnnOptions> options = learn::lmnn::lmnn_options(model.parameters);
  if (!options) throw InputError("the energy rule wants a model of maha-lmnn, which records neighbors and push_weight");
  if (has_other_targets(model)) {
    throw InputError("the energy rule wants the fit's target neighbours, but they were chosen under another model");
  }
  return *options;
}

}  // namespace

eval::KnnPrediction predict_by_energy(const ReferenceRows& reference, data::Table& train, data::Table& test,
                                      double margin, const Threads& threads) {
  const learn::lmnn::LmnnOptions fit =
      about(reference.model_name(), [&] { return options_of_fit(*reference.model()); });
  const eval::EnergyOptions options{fit.k, fit.push_weight, margin, fit.drop_small_classes, train.classes};
  const Matrix space = reference.as_learned(train.X);
  const SharedRows X = reference.map(train), queries = reference.map(test);
  return about(train.name, [&] {
    return eval::KnnPrediction{options.k, eval::classify_by_energy(X, train.y, space, queries, options, threads), {}};
  });
}

}  // namespace maha::cli
