#include "data/model/model.hpp"

#include <cmath>
#include <memory>
#include <unordered_map>
#include <unordered_set>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/text.hpp"
#include "metric/transform_rows.hpp"

namespace maha::data {
namespace {

/// Where each of the names stands in a list of the same names. Throws InputError if it is not of the same.
std::vector<Index> places(const std::vector<std::string>& names, const std::vector<std::string>& list) {
  std::unordered_map<std::string, Index> known;
  for (const std::string& name : list) known.emplace(name, static_cast<Index>(known.size()));
  std::vector<Index> order;
  for (const std::string& name : names) {
    const auto found = known.find(name);
    if (found == known.end()) throw InputError("has no feature " + in_quotes(name));
    order.push_back(found->second);
    known.erase(found);
  }
  for (const std::string& name : list) {
    if (known.contains(name)) throw InputError("has a feature " + in_quotes(name) + " too many");
  }
  return order;
}

/// The metric of the features in another order: feature j is the one that was at order[j].
metric::Metric reordered(const metric::Metric& metric, const std::vector<Index>& order) {
  switch (metric.form()) {
    case metric::Metric::Form::matrix:
      return metric::Metric::from_matrix(metric.matrix()(order, order));
    case metric::Metric::Form::weights:
      return metric::Metric::from_weights(metric.diagonal()(order));
    case metric::Metric::Form::factor:
      break;
  }
  return metric::Metric::from_factor(metric.factor()(Eigen::all, order));
}

metric::Network reordered(const metric::Network& network, const std::vector<Index>& order) {
  std::vector<metric::Layer> layers = network.layers();
  if (network.kernel()) {
    auto kernel = std::make_shared<const metric::KernelMap>(network.kernel()->reordered(order));
    return metric::Network(std::move(layers), network.normalize(), std::move(kernel));
  }
  layers.front().weights = Matrix(layers.front().weights(Eigen::all, order));
  return metric::Network(std::move(layers), network.normalize());
}

void check_vector(const char* name, const std::optional<Vector>& values, Index d) {
  if (!values) return;
  if (values->size() != d) {
    throw InputError(std::string(name) + " has " + counted(values->size(), "entry", "entries") +
                     ", the metric is over " + counted(d, "feature"));
  }
  for (Index j = 0; j < d; ++j) {
    if (!std::isfinite((*values)(j))) {
      throw InputError(std::string(name) + " entry " + std::to_string(j + 1) + " is not a finite number");
    }
  }
}

void check_number(const char* name, const std::optional<double>& value) {
  if (value && !std::isfinite(*value)) throw InputError(std::string(name) + " is not a finite number");
}

}  // namespace

std::string Model::feature_name(Index j) const {
  return features.empty() ? std::to_string(j + 1) : features[static_cast<std::size_t>(j)];
}

Index Model::dims() const {
  return std::visit([](const auto& learned) { return learned.dims(); }, metric);
}

Index Model::rank() const {
  return std::visit([](const auto& learned) { return learned.rank(); }, metric);
}

const metric::Metric& Model::linear() const {
  if (const metric::Metric* learned = std::get_if<metric::Metric>(&metric)) return *learned;
  const std::string what = network()->kernel() ? "the model has a kernel, and so no matrix M over the features"
                                               : "the model is a network, which has no matrix M";
  throw InputError((source.empty() ? "" : source + ": ") + what);
}

void Model::replace_metric(metric::Metric replacement) {
  metric = std::move(replacement);
  for (auto* said : {&objective, &bound, &gap, &threshold}) said->reset();
  iterations.reset();
  converged.reset();
}

void Model::order_features(const std::vector<std::string>& names, Index d) {
  if (features.empty() || names.empty()) {
    if (dims() == d) return;
    throw InputError("is over " + counted(dims(), "feature") + ", and not over " + std::to_string(d));
  }
  if (features == names) return;
  const std::vector<Index> order = places(names, features);
  metric = std::visit(
      [&](const auto& learned) -> std::variant<metric::Metric, metric::Network> { return reordered(learned, order); },
      metric);
  for (std::optional<Vector>* values : {&center, &fill}) {
    if (*values) *values = Vector((**values)(order));
  }
  features = names;
}

Matrix Model::transform(const MatrixRef& X, const Threads& threads) const {
  return metric::transform_rows(metric, center ? RowVector(center->transpose()) : RowVector(), X, threads);
}

void Model::check() const {
  const Index d = dims();
  if (!features.empty() && static_cast<Index>(features.size()) != d) {
    throw InputError("features has " + counted(features.size(), "name") + ", the metric is over " +
                     counted(d, "feature"));
  }
  std::unordered_set<std::string> seen;
  for (const std::string& name : features) {
    if (!seen.insert(name).second) throw InputError("features has the name " + in_quotes(name) + " twice");
  }
  if (label && seen.contains(*label)) throw InputError("label " + in_quotes(*label) + " is among the features");
  if (target && seen.contains(*target)) throw InputError("target " + in_quotes(*target) + " is among the features");
  check_vector("center", center, d);
  check_vector("fill", fill, d);
  check_number("threshold", threshold);
  check_number("objective", objective);
  check_number("bound", bound);
  check_number("gap", gap);
  if (threshold && *threshold < 0) throw InputError("threshold is negative");
}

}  // namespace maha::data
