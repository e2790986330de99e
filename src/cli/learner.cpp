#include "cli/learner.hpp"

#include "cli/about.hpp"
#include "cli/cov_learner.hpp"
#include "cli/euclidean_learner.hpp"
#include "cli/itml_learner.hpp"
#include "cli/lmnn_learner.hpp"
#include "cli/mmc_learner.hpp"
#include "cli/model_io.hpp"
#include "cli/siamese_learner.hpp"
#include "cli/triplet_learner.hpp"
#include "core/error.hpp"
#include "core/text.hpp"
#include "data/columns/names.hpp"
#include "data/table/utf8.hpp"
#include "learn/prepare/singular_features.hpp"

namespace maha::cli {
namespace {

struct Entry {
  const char* name;
  std::unique_ptr<Learner> (*make)();
};

template <class L>
std::unique_ptr<Learner> make() {
  return std::make_unique<L>();
}

constexpr Entry kLearners[] = {
    {"euclidean", make<EuclideanLearner>}, {"cov", make<CovLearner>},   {"mmc", make<MmcLearner>},
    {"itml", make<ItmlLearner>},           {"lmnn", make<LmnnLearner>}, {"siamese", make<SiameseLearner>},
    {"triplet", make<TripletLearner>},
};

}  // namespace

Matrix Fitted::map(const MatrixRef& X, const Threads& threads) const {
  return plain ? plain->apply(X, threads) : model.transform(X, threads);
}

OptionList& Learner::all_options() {
  if (list_.options().empty()) {
    declare(list_);
    maha::declare(list_, preprocessing);
  }
  return list_;
}

std::vector<std::string> Learner::with_singularity(std::vector<std::string> warnings, const Table& prepared_rows,
                                                   const Preprocessing& prepared, const Threads& threads) {
  const std::vector<std::string> names = prepared_rows.columns.feature_names();
  const bool components = prepared.options().pca > 0;
  const auto name = [&](Index j) {
    const std::string number = std::to_string(j + 1);
    return components ? "component " + number : names.empty() ? number : names[static_cast<std::size_t>(j)];
  };
  const std::string text = find_singularity(prepared_rows.X, threads).text(name);
  if (!text.empty()) warnings.insert(warnings.begin(), text);
  return warnings;
}

Fitted Learner::fitted(const std::string& algorithm, const Table& table, const Preprocessing& prepared,
                       const std::variant<Metric, Network>& metric, const Report& report,
                       std::vector<std::string> warnings) {
  Fitted result{{}, report, std::move(warnings), {}};
  Model& model = result.model;
  std::visit([&](const auto& learned) { model.metric = prepared.fold(learned); }, metric);
  model.algorithm = algorithm;
  model.parameters = all_options().parameters();
  model.rows = table.rows();
  model.take(report);
  record_source(model, table.columns, table.fill, preprocessing);
  return result;
}

Fitted fit_file(Learner& learner, Table table, const Pairs& pairs, const Run& run) {
  const std::string file = table.name;
  require_utf8_names(table.columns, file);
  return about(file, [&] { return learner.fit(std::move(table), pairs, run); });
}

void write_fitted(App& app, const Fitted& fit, const std::string& path) {
  for (const std::string& warning : fit.warnings) app.warn(warning);
  write_model(app, fit.model, path);
}

std::unique_ptr<Learner> make_learner(const std::string& name) {
  for (const Entry& entry : kLearners) {
    if (name == entry.name) return entry.make();
  }
  throw UsageError(in_quotes(name) + " is no algorithm; there are " + learner_names());
}

std::string learner_names() {
  std::vector<std::string> names;
  for (const Entry& entry : kLearners) names.push_back(entry.name);
  return join(names);
}

}  // namespace maha::cli
