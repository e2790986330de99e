#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/machine/parallel.hpp"
#include "core/report.hpp"
#include "core/types.hpp"
#include "metric/metric.hpp"
#include "metric/network/network.hpp"

namespace maha::data {

/// What a learner passes to the other tools: a distance over the raw features of a CSV file, and how it was learned.
/// Everything except the metric may be absent. docs/model.md describes each key.
struct Model {
  std::variant<metric::Metric, metric::Network> metric;
  std::vector<std::string> features;  ///< d names, each once; empty if unknown
  std::optional<std::string> label;   ///< the column that held the classes
  std::optional<std::string> target;  ///< or the numbers to predict
  std::optional<Vector> center;       ///< d: the centre that rows are compared with, usually the mean
  std::optional<Vector> fill;         ///< d: replacements for missing values
  std::optional<double> threshold;    ///< distance, unsquared, up to which a pair counts as the same
  std::optional<std::string> maha;    ///< the version of maha that wrote it
  std::optional<std::string> algorithm;
  Report parameters;     ///< the options of the fit, long names with _
  Report preprocessing;  ///< of the rows in the fit; already included in the metric
  std::optional<std::int64_t> seed;
  std::optional<double> objective, bound, gap;  ///< gap: relative to the larger of the two
  std::optional<std::int64_t> iterations;
  std::optional<bool> converged;
  std::optional<std::int64_t> rows;  ///< number of rows that it was learned from
  Report other;                      ///< further numbers, texts and vectors of the learner
  std::string source;                ///< the file that it was read from, for messages; not part of the model

  /// d, the number of features; the number of coordinates of transformed rows.
  Index dims() const;
  Index rank() const;

  /// The network that was learned, or nullptr if it was a Mahalanobis metric.
  const metric::Network* network() const { return std::get_if<metric::Network>(&metric); }

  /// The Mahalanobis metric that was learned. Throws InputError if it was a network, which has no M.
  const metric::Metric& linear() const;

  /// The name of feature j, from 0; its number from 1 if names are unknown.
  std::string feature_name(Index j) const;

  /// Replaces the metric by another one over the same features. What was certified for the old one is removed:
  /// objective, bound, gap, iterations, convergence, threshold.
  void replace_metric(metric::Metric replacement);

  /// Puts the features in the order of `names`, if both have names. Throws InputError naming one that the other lacks,
  /// or if there are not d of them.
  void order_features(const std::vector<std::string>& names, Index d);

  /// z = L (x - center), or L x without a center, for each row of X; n x r. For a network f(x), which has its own
  /// origin. Equal rows stay equal. Throws InputError unless X has d columns.
  Matrix transform(const MatrixRef& X, const Threads& threads = Threads()) const;

  /// Throws InputError unless all parts have d entries, names are distinct, and numbers are finite.
  void check() const;
};

}  // namespace maha::data
