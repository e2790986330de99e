#include "cli/energy_rule.hpp"

#include "core/error.hpp"
#include "eval/energy.hpp"
#include "neighbors/by_class.hpp"

namespace maha::cli {
namespace {

/// k and mu of the fit; its targets must be those of the preprocessed rows.
EnergyOptions options_of(const Model* model) {
  if (!model || model->algorithm != "lmnn") throw InputError("--rule energy: wants a model (-m) of maha-lmnn");
  const Report::Value* k = model->parameters.find("neighbors");
  const Report::Value* mu = model->parameters.find("push_weight");
  EnergyOptions options;
  if (!k || !mu || !std::holds_alternative<std::int64_t>(*k) || !std::holds_alternative<double>(*mu)) {
    throw InputError("--rule energy: the model does not record neighbors and push_weight");
  }
  if (model->parameters.find("targets")) {
    throw InputError("--rule energy: the model's target neighbours were chosen under a model that is not at hand");
  }
  options.k = std::get<std::int64_t>(*k);
  options.push_weight = std::get<double>(*mu);
  return options;
}

}  // namespace

EnergyRule::EnergyRule(App& app) : app_(app) {
  app.choice("--rule", chosen_, {{"votes", false}, {"energy", true}},
             "classify by votes, or by the energy of an LMNN model with the k it was learned with");
  app.option("--energy-margin", margin_, "margin of a row against other classes in its energy, squared distance");
}

KnnPrediction EnergyRule::classify(const ReferenceRows& reference, const Table& train, const Table& test) {
  const Model* model = reference.model();
  EnergyOptions options = options_of(model);
  options.margin = margin_;
  const Threads& threads = app_.threads();
  const Preprocessing preprocessing = fit_preprocessing(train.X, preprocessing_of(*model), threads);
  const auto targets = nearest_in_class(preprocessing.apply(train.X, threads), train.y, options.k, threads).index;
  KnnPrediction prediction{options.k, {}, {}};
  prediction.label =
      classify_by_energy(reference.map(train.X), train.y, targets, reference.map(test.X), options, threads);
  return prediction;
}

}  // namespace maha::cli
