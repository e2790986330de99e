#include "data/model/model_summary.hpp"

#include <algorithm>
#include <numeric>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "io/text/report_text.hpp"
#include "metric/difference.hpp"
#include "metric/spectrum.hpp"

namespace maha::data {
namespace {

std::string form(const metric::Metric& metric) {
  const bool factor = metric.form() == metric::Metric::Form::factor;
  return (factor ? "L, " + std::to_string(metric.rank()) : "M, " + std::to_string(metric.dims())) + " x " +
         std::to_string(metric.dims());
}

/// "layers, 16 - 128 - 32, normalized"; with a kernel "kernel and layers, 13 - 178 - 2"
std::string form(const metric::Network& network) {
  std::string widths = std::to_string(network.dims());
  if (network.kernel()) widths += " - " + std::to_string(network.kernel()->count());
  for (const metric::Layer& layer : network.layers()) widths += " - " + std::to_string(layer.weights.rows());
  return (network.kernel() ? "kernel and layers, " : "layers, ") + widths + (network.normalize() ? ", normalized" : "");
}

std::string form(const Model& model) { return model.network() ? form(*model.network()) : form(model.linear()); }

void set_kernel(Report& report, const metric::KernelMap& map) {
  const metric::KernelMap::Parts& parts = map.parts();
  report.set("kernel", word_of(metric::kKernelWords, parts.kernel)).set("bandwidth", parts.bandwidth);
  if (parts.kernel == metric::Kernel::polynomial) report.set("degree", parts.degree).set("offset", parts.offset);
  report.set("landmarks", map.count());
}

template <class T>
void set_if(Report& report, const std::string& key, const std::optional<T>& value) {
  if (value) report.set(key, *value);
}

void set_all(Report& report, const std::string& prefix, const Report& values) {
  for (const auto& [key, value] : values.entries()) report.set(prefix + key, value);
}

/// The features with the largest weights, at most five.
std::string heaviest_features(const Model& model, const Vector& weights) {
  std::vector<Index> order(static_cast<std::size_t>(weights.size()));
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](Index i, Index j) { return weights(i) > weights(j); });
  order.resize(std::min<std::size_t>(5, order.size()));
  std::string all;
  for (const Index j : order) {
    if (weights(j) > 0)
      all += (all.empty() ? "" : ", ") + shown(model.feature_name(j)) + " " + io::short_number(weights(j));
  }
  return all;
}

/// Sets what a matrix M has and a network lacks.
void set_spectrum(Report& report, const Model& model) {
  const metric::Metric& metric = model.linear();
  report.set("rank", metric::numerical_rank(metric));
  if (metric.squares_underflow()) {
    report.set("eigenvalues", "M = L'L underflows: only L can be used");
    return;
  }
  const Vector eigenvalues = metric::spectrum(metric);
  if (eigenvalues.size() > 0) {
    const double largest = eigenvalues(0), least = eigenvalues(eigenvalues.size() - 1);
    report.set("largest_eigenvalue", largest).set("least_eigenvalue", least);
    if (least > 0) report.set("condition", largest / least);
  }
  report.set("eigenvalues", std::vector<double>(eigenvalues.begin(), eigenvalues.end()));
  const Vector weights = metric.diagonal();
  report.set("weights", std::vector<double>(weights.begin(), weights.end()));
  report.set("heaviest", heaviest_features(model, weights));
}

}  // namespace

Report summarize(const Model& model) {
  Report report;
  set_if(report, "algorithm", model.algorithm);
  set_if(report, "maha", model.maha);
  set_if(report, "rows", model.rows);
  report.set("metric", form(model)).set("features", model.dims()).set("named", !model.features.empty());
  set_if(report, "label", model.label);
  set_if(report, "target", model.target);
  if (!model.network()) set_spectrum(report, model);
  if (model.network() && model.network()->kernel()) set_kernel(report, *model.network()->kernel());
  report.set("center", model.center.has_value()).set("fill", model.fill.has_value());
  set_if(report, "threshold", model.threshold);
  set_all(report, "parameters.", model.parameters);
  set_all(report, "preprocessing.", model.preprocessing);
  set_if(report, "seed", model.seed);
  set_if(report, "objective", model.objective);
  set_if(report, "bound", model.bound);
  set_if(report, "gap", model.gap);
  set_if(report, "iterations", model.iterations);
  set_if(report, "converged", model.converged);
  for (const auto& [key, value] : model.other.entries()) {
    if (key != "rank") report.set(key, value);
  }
  return report;
}

Report soundness(const Model& model) {
  const Index rank = model.network() ? model.rank() : metric::numerical_rank(model.linear());
  return Report().set("sound", true).set("metric", form(model)).set("rank", rank);
}

Report spectrum_report(const Model& model) {
  const Vector eigenvalues = metric::spectrum(model.linear());
  std::vector<double> values(eigenvalues.begin(), eigenvalues.end()), shares = values;
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  for (double& share : shares) share = sum > 0 ? share / sum : 0;
  return Report().set("eigenvalues", std::move(values)).set("shares", std::move(shares));
}

Report weights_report(const Model& model) {
  const Vector weights = model.linear().diagonal();
  Report report;
  for (Index j = 0; j < model.dims(); ++j) report.set(model.feature_name(j), weights(j));
  return report;
}

Report compare_models(const Model& a, const Model& b) {
  Model same = b;
  try {
    same.order_features(a.features, a.dims());
  } catch (const InputError& e) {
    throw InputError(b.source.empty() ? e.what() : b.source + ": " + e.what() + ", beside " + a.source);
  }
  const metric::MetricDifference found = metric::compare(a.linear(), same.linear());
  return Report()
      .set("features", a.dims())
      .set("rank_a", metric::numerical_rank(a.linear()))
      .set("rank_b", metric::numerical_rank(b.linear()))
      .set("angle", found.angle)
      .set("scale", found.scale)
      .set("relative_difference", found.relative_difference)
      .set("lowest_ratio", found.lowest_ratio)
      .set("highest_ratio", found.highest_ratio)
      .set("same_order", found.same_order);
}

}  // namespace maha::data
